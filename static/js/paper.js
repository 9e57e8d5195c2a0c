// Sets a briefing so that it prints as one A4 page: as roomy as it fits, and where even the closest
// lines do not fit, without its last changes and explanations; the paper says how many are left out.
// Without this it prints at a middle density. On the screen nothing changes.

const DENSITIES = ["roomy", "close", "closer", "tight"];
// What is left out, in this order: the last lines of a kind, down to the fewest.
const LEFT_OUT = [
  { of: "changes", fewest: 3 },
  { of: "notes", fewest: 0 },
  { of: "changes", fewest: 0 },
];
// An A4 sheet within its margins (@page in paper.css), and how much of its height may be filled: a
// printer's letters are not set exactly as a screen's.
const MILLIMETRE = 96 / 25.4;
const WIDTH = "178mm";
const HEIGHT = 273 * MILLIMETRE * 0.985;

function printRules() {
  const rules = Array.from(document.styleSheets).flatMap((sheet) => Array.from(sheet.cssRules));
  return rules.filter((rule) => rule instanceof CSSMediaRule && rule.media.mediaText === "print");
}

// Calls with the rules for print in force; nothing is painted meanwhile.
function asPrinted(article, use) {
  const rules = printRules();
  const setMedia = (media) => rules.forEach((rule) => (rule.media.mediaText = media));
  setMedia("all");
  article.style.width = WIDTH;
  try {
    use(() => article.getBoundingClientRect().height <= HEIGHT);
  } finally {
    article.style.width = "";
    setMedia("print");
  }
}

function linesOf(article, kind) {
  const inside = (selector) => `[data-spare="${kind}"] ${selector}`;
  return Array.from(article.querySelectorAll(`${inside("tbody tr")}, ${inside("li")}`));
}

// Shows in print only so many lines of a kind, and says how many more there are.
function keep(article, kind, number) {
  const lines = linesOf(article, kind);
  lines.forEach((line, at) => line.classList.toggle("paper__left-out", at >= number));
  article.querySelector(`[data-spare="${kind}"]`).classList.toggle("paper__left-out", !number);
  const said = article.querySelector(`[data-more="${kind}"].screen-only`);
  const more = Number(said.dataset.number) + lines.length - number;
  const words = more === 1 ? said.dataset.one : said.dataset.many;
  const printed = said.nextElementSibling;
  printed.textContent = words.replace("{number}", more);
  printed.hidden = !more;
}

function prepare(article) {
  for (const said of article.querySelectorAll("[data-more]")) {
    const printed = said.cloneNode(true);
    said.classList.add("screen-only");
    printed.classList.add("print-only");
    said.after(printed);
  }
}

function fit(article) {
  prepare(article);
  asPrinted(article, (fits) => {
    for (const density of DENSITIES) {
      article.classList.remove(...DENSITIES.map((one) => `paper--${one}`));
      article.classList.add(`paper--${density}`);
      if (fits()) {
        return;
      }
    }
    for (const { of, fewest } of LEFT_OUT) {
      const lines = linesOf(article, of);
      let kept = lines.filter((line) => !line.classList.contains("paper__left-out")).length;
      while (kept > fewest && !fits()) {
        kept -= 1;
        keep(article, of, kept);
      }
    }
  });
}

document.querySelectorAll("[data-one-page]").forEach(fit);
