// Light or dark, as the reader last chose on this machine; else as the system says.
// Loaded in the head without defer, so that a page is never painted in the wrong one first.
(function () {
  "use strict";
  var root = document.documentElement;
  var dark = window.matchMedia("(prefers-color-scheme: dark)");

  function chosen() {
    try {
      return localStorage.getItem("theme");
    } catch (refused) {
      return null;
    }
  }

  function current() {
    return root.dataset.theme || (dark.matches ? "dark" : "light");
  }

  function label(button) {
    var isDark = current() === "dark";
    button.hidden = false;
    button.textContent = isDark ? button.dataset.light : button.dataset.dark;
  }

  function choose(theme) {
    root.dataset.theme = theme;
    try {
      localStorage.setItem("theme", theme);
    } catch (refused) {
      // Private windows may refuse; the choice then holds for this page.
    }
  }

  if (chosen() === "dark" || chosen() === "light") {
    root.dataset.theme = chosen();
  }

  document.addEventListener("DOMContentLoaded", function () {
    var button = document.querySelector("[data-theme-switch]");
    if (!button) {
      return;
    }
    label(button);
    button.addEventListener("click", function () {
      choose(current() === "dark" ? "light" : "dark");
      label(button);
      document.dispatchEvent(new CustomEvent("themechange"));
    });
    dark.addEventListener("change", function () {
      label(button);
      document.dispatchEvent(new CustomEvent("themechange"));
    });
  });
})();
