"""Run: the main job over many reports, on this machine or on several."""
