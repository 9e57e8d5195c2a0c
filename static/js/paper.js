// Sets the first page of a paper so that it prints on one A4 page, as roomily as it fits, and on two
// where even the closest lines do not: never smaller than 10.5 points (paper.css). Without this it
// prints at a middle density. On the screen nothing changes.

// The roomiest first; paper.css has a class for each.
const DENSITIES = ["widest", "wide", "roomy", "middle", "close", "closer", "closest"];
// An A4 sheet within its margins (@page in paper.css), and how much of its height may be filled: a
// printer's letters are not set exactly as a screen's, and the last line before a break stays free.
const MILLIMETRE = 96 / 25.4;
const WIDTH = "182mm";
const HEIGHT = 273 * MILLIMETRE;
const FILLED = { 1: 0.985, 2: 0.95 };

function printRules() {
  const rules = Array.from(document.styleSheets).flatMap((sheet) => Array.from(sheet.cssRules));
  return rules.filter((rule) => rule instanceof CSSMediaRule && rule.media.mediaText === "print");
}

// Calls with the rules for print in force; nothing is painted meanwhile.
function asPrinted(part, use) {
  const rules = printRules();
  const setMedia = (media) => rules.forEach((rule) => (rule.media.mediaText = media));
  setMedia("all");
  part.style.width = WIDTH;
  try {
    use((pages) => part.getBoundingClientRect().height <= pages * HEIGHT * FILLED[pages]);
  } finally {
    part.style.width = "";
    setMedia("print");
  }
}

function set(part, density) {
  part.classList.remove(...DENSITIES.map((one) => `paper__first--${one}`));
  part.classList.add(`paper__first--${density}`);
}

function fit(part) {
  asPrinted(part, (fits) => {
    for (const pages of [1, 2]) {
      for (const density of DENSITIES) {
        set(part, density);
        if (fits(pages)) {
          return;
        }
      }
    }
  });
}

document.querySelectorAll("[data-fit]").forEach(fit);
