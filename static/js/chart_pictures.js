// Saves a chart as a picture that can stand alone: on white paper, with its title above it, and
// beneath it where its figures come from. Fetched with plotly.js, by charts.js.

const WIDTH = 1200;
const EDGE = 32;
const SCALE = 2;
const TITLE = { size: 26, leading: 36, weight: 600 };
const NAME = { size: 18, leading: 28, weight: 400 };
const CAPTION = { size: 15, leading: 24, weight: 400 };
// A line may end after any Chinese sign, and otherwise where there is a space.
const PIECES = /[\u2e80-\uffef][\u3001\u3002\uff0c\uff1a\uff1b\uff09]*|[^\s\u2e80-\uffef]+\s*|\s+/g;

function lines(text, style, font) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `${style.weight} ${style.size}px ${font}`;
  const made = [""];
  for (const piece of text.match(PIECES) || []) {
    const longer = made[made.length - 1] + piece;
    if (pen.measureText(longer.trim()).width <= WIDTH - 2 * EDGE) {
      made[made.length - 1] = longer;
    } else {
      made.push(piece);
    }
  }
  return made;
}

function plain(text) {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;");
}

// Writes lines from a height down; returns them and the height beneath them.
function written(texts, style, top, font, ink) {
  const marks = texts.map((text, at) => {
    const y = top + (at + 1) * style.leading - 8;
    return (
      `<text x="${EDGE}" y="${y}" font-size="${style.size}" font-weight="${style.weight}" ` +
      `fill="${ink}" font-family="${plain(font)}">${plain(text.trim())}</text>`
    );
  });
  return { marks: marks.join(""), bottom: top + texts.length * style.leading };
}

async function plotted(drawing, height) {
  const size = { width: WIDTH - 2 * EDGE, height };
  const font = { ...drawing.layout.font, size: 16 };
  const layout = { ...drawing.layout, ...size, autosize: false, font };
  const address = await window.Plotly.toImage({ ...drawing, layout }, { format: "svg", ...size });
  return decodeURIComponent(address.slice(address.indexOf(",") + 1));
}

// words: title, name, note, caption; look: font, ink, soft, paper.
async function picture(drawing, words, look, height) {
  const plot = await plotted(drawing, height);
  const { font, ink, soft } = look;
  const title = written(lines(words.title, TITLE, font), TITLE, EDGE, font, ink);
  const name = written(lines(words.name, NAME, font), NAME, title.bottom, font, soft);
  const top = name.bottom + 12;
  const beneath = [words.note, words.caption].filter(Boolean);
  const captions = beneath.flatMap((text) => lines(text, CAPTION, font));
  const caption = written(captions, CAPTION, top + height + 12, font, soft);
  const bottom = caption.bottom + EDGE;
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${bottom}" `,
    `viewBox="0 0 ${WIDTH} ${bottom}"><title>${plain(words.title)}</title>`,
    `<rect width="100%" height="100%" fill="${look.paper}"/>`,
    title.marks,
    name.marks,
    plot.replace("<svg", `<svg x="${EDGE}" y="${top}"`),
    caption.marks,
    "</svg>",
  ];
  return { height: bottom, svg: svg.join("") };
}

function asPng(made) {
  return new Promise((resolve, reject) => {
    const image = new Image();
    image.onload = () => {
      const canvas = document.createElement("canvas");
      canvas.width = WIDTH * SCALE;
      canvas.height = made.height * SCALE;
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob(resolve, "image/png");
    };
    image.onerror = reject;
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(made.svg)}`;
  });
}

function hand(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name.replace(/[\\/:*?"<>|\uff1a\s]+/g, "-");
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

// Saves a drawing as png or svg.
export async function saveChart(drawing, words, look, form) {
  const made = await picture(drawing, words, look, words.isLong ? 760 : 560);
  const blob = form === "png" ? await asPng(made) : new Blob([made.svg], { type: "image/svg+xml" });
  hand(blob, `${words.file}.${form}`);
}
