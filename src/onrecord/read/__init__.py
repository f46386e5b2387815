"""Read: files, folders, globs, tables and standard input become reports; what cannot is named."""

from onrecord.read.build import Defaults, make_report
from onrecord.read.inputs import read_inputs

__all__ = ["Defaults", "make_report", "read_inputs"]
