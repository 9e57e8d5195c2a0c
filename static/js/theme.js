// Light or dark, as the reader last chose on this machine; else as the system says.
// No module: loaded in the head without defer, so that a page is never painted in the wrong one
// first. The block keeps its names to itself.
{
  const root = document.documentElement;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");

  const chosen = () => {
    try {
      return localStorage.getItem("theme");
    } catch {
      return null;
    }
  };

  const current = () => root.dataset.theme || (dark.matches ? "dark" : "light");

  const label = (button) => {
    button.parentElement.hidden = false;
    button.textContent = current() === "dark" ? button.dataset.light : button.dataset.dark;
  };

  const choose = (theme) => {
    root.dataset.theme = theme;
    try {
      localStorage.setItem("theme", theme);
    } catch {
      // Private windows may refuse; the choice then holds for this page.
    }
  };

  if (["dark", "light"].includes(chosen())) {
    root.dataset.theme = chosen();
  }

  document.addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector("[data-theme-switch] button");
    if (!button) {
      return;
    }
    const changed = () => {
      label(button);
      document.dispatchEvent(new CustomEvent("themechange"));
    };
    label(button);
    button.addEventListener("click", () => {
      choose(current() === "dark" ? "light" : "dark");
      changed();
    });
    dark.addEventListener("change", changed);
  });
}
