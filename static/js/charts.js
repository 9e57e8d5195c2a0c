// Draws every <figure data-figure>. Without it, or if drawing fails, the table beneath says it all.
// plotly.js is fetched when the first chart comes near the window: the numbers are read by then.
// What is fetched has its address from the page, which knows the hashed names.

const { library, pictures, style, locale } = document.querySelector("script[data-library]").dataset;
const root = document.documentElement;
const figures = Array.from(document.querySelectorAll("figure[data-figure]"));
const chinese = root.lang.startsWith("zh");
// On a touch screen a drag moves the page, and must not be taken for a zoom.
const hasMouse = window.matchMedia("(pointer: fine)").matches;
const paper = window.matchMedia("print");
// On an A4 sheet, in pixels; the heights are those of chart.css.
const ON_PAPER = { width: 660, height: 320 };
const LONG_ON_PAPER = { width: 660, height: 440 };
// On a telephone: else the names of neighbours would touch.
const NARROW = 420;
const NARROW_NAMES = 10;

// ---- what is fetched

function load(tag, properties) {
  return new Promise((resolve, reject) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.onload = resolve;
    element.onerror = reject;
    document.head.append(element);
  });
}

async function plotly() {
  // plotly.js leaves its inline style away when it finds its rules under this name.
  const named = { id: "plotly.js-style-global", className: "no-inline-styles" };
  await load("link", { rel: "stylesheet", href: style, ...named });
  await load("script", { src: library });
  if (chinese) {
    await load("script", { src: locale });
  }
}

let fetched = null;

// Returns what chart_pictures.js exports, once plotly.js is there as well.
async function ready() {
  fetched = fetched || Promise.all([import(pictures), plotly()]);
  const [exported] = await fetched;
  return exported;
}

// ---- how it is drawn

// A colour in a figure is var(--name); the page's style sheets say what it is now.
function coloured(value, computed) {
  if (typeof value === "string") {
    return value.replace(/var\((--[\w-]+)\)/g, (whole, name) => computed.getPropertyValue(name).trim());
  }
  if (Array.isArray(value)) {
    return value.map((one) => coloured(one, computed));
  }
  if (value && typeof value === "object") {
    const pairs = Object.entries(value);
    return Object.fromEntries(pairs.map(([key, one]) => [key, coloured(one, computed)]));
  }
  return value;
}

function isLong(figure) {
  return figure.classList.contains("chart--long");
}

function described(figure) {
  return JSON.parse(document.getElementById(figure.dataset.figure).textContent);
}

// Calls with the page's style; on paper with that of the light theme, whatever the screen's is.
function withStyle(onPaper, use) {
  const chosen = root.dataset.theme;
  if (onPaper) {
    root.dataset.theme = "light";
  }
  try {
    return use(getComputedStyle(root));
  } finally {
    if (onPaper && chosen) {
      root.dataset.theme = chosen;
    } else if (onPaper) {
      delete root.dataset.theme;
    }
  }
}

function lookOf(computed) {
  const value = (name) => computed.getPropertyValue(name).trim();
  return {
    font: value("--font"),
    ink: value("--chart-ink"),
    soft: value("--ink-soft"),
    paper: value("--chart-paper"),
  };
}

function drawing(figure, computed) {
  const made = coloured(described(figure), computed);
  const look = lookOf(computed);
  const layout = made.layout || {};
  // Above the drawing, where the names beneath cannot run into it.
  const above = { orientation: "h", x: 0, xanchor: "left", y: 1.03, yanchor: "bottom" };
  Object.assign(layout, {
    font: { color: look.ink, size: 13, ...layout.font, family: look.font },
    paper_bgcolor: look.paper,
    plot_bgcolor: look.paper,
    hoverlabel: { bgcolor: look.paper, bordercolor: look.ink, font: { color: look.ink } },
    legend: { ...layout.legend, ...above },
    dragmode: hasMouse ? "zoom" : false,
    autosize: true,
  });
  return { data: made.data, layout };
}

async function draw(figure, onPaper) {
  const { data, layout } = withStyle(onPaper, (computed) => drawing(figure, computed));
  const plot = figure.querySelector("[data-plot]");
  if (!onPaper && plot.clientWidth < NARROW && (layout.xaxis || {}).tickfont) {
    layout.xaxis.tickfont.size = NARROW_NAMES;
  }
  figure.dataset.drawn = "";
  if (onPaper) {
    Object.assign(layout, isLong(figure) ? LONG_ON_PAPER : ON_PAPER, { autosize: false });
    window.Plotly.purge(plot);
  }
  await window.Plotly.react(plot, data, layout, {
    displayModeBar: false,
    doubleClick: "reset",
    responsive: true,
    scrollZoom: false,
    locale: chinese ? "zh-CN" : "en-US",
  });
  // Those who hear the page have the title, the note and the table.
  for (const svg of plot.querySelectorAll("svg")) {
    svg.setAttribute("aria-hidden", "true");
  }
  plot.tabIndex = 0;
  plot.setAttribute("role", "img");
  plot.setAttribute("aria-labelledby", `title-${figure.dataset.figure}`);
  plot.setAttribute("aria-describedby", `keys-${figure.dataset.figure}`);
  figure.querySelector("[data-tools]").hidden = false;
}

async function save(figure, form) {
  const { saveChart } = await ready();
  const text = (selector, within = figure) => {
    const element = within.querySelector(selector);
    return element ? element.textContent.trim() : "";
  };
  const page = text("h1", document);
  const words = {
    title: text(".chart__title"),
    name: `${page} · ${text(".chart__name")}`,
    note: text(".chart__note"),
    caption: figure.dataset.caption,
    file: figure.dataset.file.replace("{page}", page),
    isLong: isLong(figure),
  };
  const drawn = withStyle(true, (computed) => [drawing(figure, computed), lookOf(computed)]);
  return saveChart(drawn[0], words, drawn[1], form);
}

// ---- keys: from point to point, nearer, farther, all

function pointsAt(plot, name) {
  const points = [];
  plot.data.forEach((trace, curveNumber) => {
    const lies = trace.orientation === "h";
    const pointNumber = trace.hoverinfo === "skip" ? -1 : (lies ? trace.y : trace.x).indexOf(name);
    // A gap has nothing to tell.
    if (pointNumber >= 0 && (lies ? trace.x : trace.y)[pointNumber] !== null) {
      points.push({ curveNumber, pointNumber });
    }
  });
  return points;
}

// What is pointed at: all of a place at once, or the points one by one.
const WHERE = {
  "x unified": (place) => ({ xval: place }),
  "y unified": (place) => ({ yval: place }),
  closest: (place, points) => points,
};

// One point in words: what it is of, and its figure as under the pointer.
function pointWords(plot, { curveNumber, pointNumber }) {
  const trace = plot.data[curveNumber];
  const value = (trace.orientation === "h" ? trace.x : trace.y)[pointNumber];
  const own = trace.customdata && trace.customdata[pointNumber];
  const figure = plot.closest("figure");
  const numbered = `${Number(value).toLocaleString(root.lang)} ${figure.dataset.unit}`.trim();
  const words = typeof own === "string" && own ? own : numbered;
  return trace.name && trace.showlegend !== false && !/^trace /.test(trace.name) ? `${trace.name}: ${words}` : words;
}

// Says what is pointed at to those who hear the page.
function tell(plot, name, points) {
  const words = points.map((point) => pointWords(plot, point)).join("; ");
  const told = plot.closest("figure").querySelector("[data-told]");
  told.textContent = [String(name).trim(), words].join(chinese ? "\uFF1A" : ": ");
}

// Goes on to the next place that has anything to tell, round and round.
function step(plot, by) {
  const axis = plot.layout.xaxis.categoryarray ? plot.layout.xaxis : plot.layout.yaxis;
  const names = axis.categoryarray || [];
  let place = "at" in plot.dataset ? Number(plot.dataset.at) : Math.min(-by, 0);
  for (let tried = 0; tried < names.length; tried += 1) {
    place = (place + by + names.length) % names.length;
    const points = pointsAt(plot, names[place]);
    if (points.length) {
      plot.dataset.at = place;
      window.Plotly.Fx.hover(plot, WHERE[plot.layout.hovermode](place, points));
      tell(plot, names[place], points);
      return;
    }
  }
}

function zoom(plot, by) {
  const axis = plot.layout.xaxis;
  if (axis.fixedrange) {
    return;
  }
  const names = (axis.categoryarray || []).length;
  const [low, high] = axis.range;
  const at = "at" in plot.dataset ? Number(plot.dataset.at) : (low + high) / 2;
  const half = ((high - low) / 2) * by;
  if (by && !(names && half >= names / 2)) {
    window.Plotly.relayout(plot, { "xaxis.range": [at - half, at + half] });
  } else if (names) {
    window.Plotly.relayout(plot, { "xaxis.range": [-0.5, names - 0.5] });
  } else {
    window.Plotly.relayout(plot, { "xaxis.autorange": true });
  }
}

const KEYS = {
  ArrowRight: (plot) => step(plot, 1),
  ArrowLeft: (plot) => step(plot, -1),
  "+": (plot) => zoom(plot, 0.5),
  "-": (plot) => zoom(plot, 2),
  0: (plot) => zoom(plot, 0),
  Escape: (plot) => window.Plotly.Fx.unhover(plot),
};

function listen(figure) {
  const plot = figure.querySelector("[data-plot]");
  plot.addEventListener("keydown", (event) => {
    if (KEYS[event.key] && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      KEYS[event.key](plot);
    }
  });
  for (const button of figure.querySelectorAll("[data-picture]")) {
    button.addEventListener("click", () => save(figure, button.dataset.picture));
  }
}

// ---- when

// Opens a chart's table and returns it; nothing if it has none or if it is open already.
function openTable(figure) {
  const data = figure.querySelector("details:not([open])");
  if (data) {
    data.open = true;
  }
  return data;
}

async function show(figure) {
  try {
    await ready();
    await draw(figure, paper.matches);
    listen(figure);
  } catch (fault) {
    delete figure.dataset.drawn;
    openTable(figure);
    console.warn("chart", figure.dataset.figure, fault);
  }
}

function drawAgain(onPaper) {
  for (const figure of figures.filter((one) => "drawn" in one.dataset)) {
    draw(figure, onPaper);
  }
}

const observer = new IntersectionObserver(
  (entries) => {
    for (const entry of entries.filter((one) => one.isIntersecting)) {
      observer.unobserve(entry.target);
      show(entry.target);
    }
  },
  { rootMargin: "300px" },
);
figures.forEach((figure) => observer.observe(figure));

document.addEventListener("themechange", () => drawAgain(false));
paper.addEventListener("change", () => drawAgain(paper.matches));
// What nobody has scrolled to has not been drawn: its table is printed in its place.
let openedToPrint = [];
window.addEventListener("beforeprint", () => {
  drawAgain(true);
  const undrawn = figures.filter((figure) => !("drawn" in figure.dataset));
  openedToPrint = undrawn.map(openTable).filter(Boolean);
});
window.addEventListener("afterprint", () => {
  drawAgain(false);
  openedToPrint.forEach((data) => {
    data.open = false;
  });
});
