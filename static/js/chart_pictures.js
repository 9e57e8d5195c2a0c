// Saves a chart as a picture that can stand alone: on white paper, with its title above it, and
// beneath it where its figures come from. Fetched with plotly.js, by charts.js.
(function () {
  "use strict";
  var WIDTH = 1200;
  var EDGE = 32;
  var SCALE = 2;
  var TITLE = { size: 26, leading: 36, weight: 600 };
  var NAME = { size: 18, leading: 28, weight: 400 };
  var CAPTION = { size: 15, leading: 24, weight: 400 };
  // A line may end after any Chinese sign, and otherwise where there is a space.
  var PIECES = /[\u2e80-\uffef][\u3001\u3002\uff0c\uff1a\uff1b\uff09]*|[^\s\u2e80-\uffef]+\s*|\s+/g;

  function lines(text, style, font) {
    var pen = document.createElement("canvas").getContext("2d");
    pen.font = style.weight + " " + style.size + "px " + font;
    return (text.match(PIECES) || []).reduce(
      function (made, piece) {
        var longer = made[made.length - 1] + piece;
        if (pen.measureText(longer.trim()).width <= WIDTH - 2 * EDGE) {
          made[made.length - 1] = longer;
        } else {
          made.push(piece);
        }
        return made;
      },
      [""]
    );
  }

  function plain(text) {
    return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;");
  }

  // Writes lines from a height down; returns them and the height beneath them.
  function written(texts, style, top, font, ink) {
    var at = top;
    var marks = texts.map(function (text) {
      at += style.leading;
      return (
        '<text x="' + EDGE + '" y="' + (at - 8) + '" font-size="' + style.size +
        '" font-weight="' + style.weight + '" fill="' + ink + '" font-family="' + plain(font) +
        '">' + plain(text.trim()) + "</text>"
      );
    });
    return { marks: marks.join(""), bottom: at };
  }

  function plotted(drawing, height) {
    var size = { width: WIDTH - 2 * EDGE, height: height };
    drawing.layout = Object.assign({}, drawing.layout, size, { autosize: false });
    drawing.layout.font = Object.assign({}, drawing.layout.font, { size: 16 });
    return window.Plotly.toImage(drawing, Object.assign({ format: "svg" }, size)).then(
      function (address) {
        return decodeURIComponent(address.slice(address.indexOf(",") + 1));
      }
    );
  }

  // words: title, name, note, caption; look: font, ink, soft, paper.
  function picture(drawing, words, look, height) {
    return plotted(drawing, height).then(function (plot) {
      var title = written(lines(words.title, TITLE, look.font), TITLE, EDGE, look.font, look.ink);
      var name = written(
        lines(words.name, NAME, look.font), NAME, title.bottom, look.font, look.soft
      );
      var top = name.bottom + 12;
      var beneath = [words.note, words.caption].filter(Boolean).map(function (text) {
        return lines(text, CAPTION, look.font);
      });
      var caption = written(
        [].concat.apply([], beneath), CAPTION, top + height + 12, look.font, look.soft
      );
      var bottom = caption.bottom + EDGE;
      return {
        height: bottom,
        svg:
          '<svg xmlns="http://www.w3.org/2000/svg" width="' + WIDTH + '" height="' + bottom +
          '" viewBox="0 0 ' + WIDTH + " " + bottom + '"><title>' + plain(words.title) +
          '</title><rect width="100%" height="100%" fill="' + look.paper + '"/>' +
          title.marks + name.marks +
          plot.replace("<svg", '<svg x="' + EDGE + '" y="' + top + '"') +
          caption.marks + "</svg>",
      };
    });
  }

  function asPng(made) {
    return new Promise(function (resolve, reject) {
      var image = new Image();
      image.onload = function () {
        var canvas = document.createElement("canvas");
        canvas.width = WIDTH * SCALE;
        canvas.height = made.height * SCALE;
        canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
        canvas.toBlob(resolve, "image/png");
      };
      image.onerror = reject;
      image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(made.svg);
    });
  }

  function hand(blob, name) {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name.replace(/[\\/:*?"<>|\uff1a\s]+/g, "-");
    link.click();
    setTimeout(function () {
      URL.revokeObjectURL(link.href);
    }, 60000);
  }

  // Saves a drawing as png or svg.
  window.saveChart = function (drawing, words, look, form) {
    var height = words.isLong ? 760 : 560;
    return picture(drawing, words, look, height)
      .then(function (made) {
        return form === "png" ? asPng(made) : new Blob([made.svg], { type: "image/svg+xml" });
      })
      .then(function (blob) {
        hand(blob, words.file + "." + form);
      });
  };
})();
