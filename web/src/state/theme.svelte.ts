type Theme = "system" | "light" | "dark";
const KEY = "onrecord.theme";

/** Light or dark: as the system has it, unless chosen here. */
class Look {
  theme = $state<Theme>(read());

  apply(): void {
    if (this.theme === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = this.theme;
  }

  choose(theme: Theme): void {
    this.theme = theme;
    localStorage.setItem(KEY, theme);
    this.apply();
    dispatchEvent(new Event("themechange"));
  }
}

function read(): Theme {
  const kept = localStorage.getItem(KEY);
  return kept === "light" || kept === "dark" ? kept : "system";
}

export const look = new Look();
