// Draws every <figure data-figure>. Without it, or if drawing fails, the table beneath says it all.
// plotly.js is fetched when the first chart comes near the window: the numbers are read by then.
(function () {
  "use strict";
  var self = document.currentScript;
  var root = document.documentElement;
  var figures = Array.prototype.slice.call(document.querySelectorAll("figure[data-figure]"));
  if (!figures.length) {
    return;
  }
  var chinese = root.lang.indexOf("zh") === 0;
  // On a touch screen a drag moves the page, and must not be taken for a zoom.
  var hasMouse = window.matchMedia("(pointer: fine)").matches;
  var paper = window.matchMedia("print");
  // On an A4 sheet, in pixels; the heights are those of chart.css.
  var ON_PAPER = { width: 660, height: 320 };
  var LONG_ON_PAPER = { width: 660, height: 440 };
  var ready = null;

  function load(make) {
    return new Promise(function (resolve, reject) {
      var element = make();
      element.onload = resolve;
      element.onerror = reject;
      document.head.appendChild(element);
    });
  }

  function script(address) {
    return load(function () {
      var element = document.createElement("script");
      element.src = address;
      return element;
    });
  }

  // plotly.js leaves its inline style away when it finds its rules under this name.
  function style(address) {
    return load(function () {
      var element = document.createElement("link");
      element.rel = "stylesheet";
      element.id = "plotly.js-style-global";
      element.className = "no-inline-styles";
      element.href = address;
      return element;
    });
  }

  function library() {
    ready =
      ready ||
      Promise.all([
        script(self.dataset.pictures),
        style(self.dataset.style)
          .then(function () {
            return script(self.dataset.library);
          })
          .then(function () {
            return chinese ? script(self.dataset.locale) : null;
          }),
      ]);
    return ready;
  }

  // A colour in a figure is var(--name); the page's style sheets say what it is now.
  function coloured(value, style) {
    if (typeof value === "string") {
      return value.replace(/var\((--[\w-]+)\)/g, function (whole, name) {
        return style.getPropertyValue(name).trim();
      });
    }
    if (Array.isArray(value)) {
      return value.map(function (one) {
        return coloured(one, style);
      });
    }
    if (value && typeof value === "object") {
      var copy = {};
      Object.keys(value).forEach(function (key) {
        copy[key] = coloured(value[key], style);
      });
      return copy;
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
    var chosen = root.dataset.theme;
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

  function lookOf(style) {
    function value(name) {
      return style.getPropertyValue(name).trim();
    }
    return {
      font: value("--font"),
      ink: value("--chart-ink"),
      soft: value("--ink-soft"),
      paper: value("--chart-paper"),
    };
  }

  function drawing(figure, style) {
    var made = coloured(described(figure), style);
    var look = lookOf(style);
    var layout = made.layout || {};
    layout.font = Object.assign({ color: look.ink, size: 13 }, layout.font, { family: look.font });
    layout.paper_bgcolor = layout.plot_bgcolor = look.paper;
    layout.hoverlabel = {
      bgcolor: look.paper,
      bordercolor: look.ink,
      font: { color: look.ink },
    };
    // Above the drawing, where the names beneath cannot run into it.
    layout.legend = Object.assign({}, layout.legend, {
      orientation: "h",
      x: 0,
      xanchor: "left",
      y: 1.03,
      yanchor: "bottom",
    });
    layout.dragmode = hasMouse ? "zoom" : false;
    layout.autosize = true;
    return { data: made.data, layout: layout };
  }

  // On a telephone: else the names of neighbours would touch.
  var NARROW = 420;
  var NARROW_NAMES = 10;

  function draw(figure, onPaper) {
    var made = withStyle(onPaper, drawing.bind(null, figure));
    var plot = figure.querySelector("[data-plot]");
    if (!onPaper && plot.clientWidth < NARROW && (made.layout.xaxis || {}).tickfont) {
      made.layout.xaxis.tickfont.size = NARROW_NAMES;
    }
    figure.dataset.drawn = "";
    if (onPaper) {
      Object.assign(made.layout, isLong(figure) ? LONG_ON_PAPER : ON_PAPER, { autosize: false });
      window.Plotly.purge(plot);
    }
    return window.Plotly.react(plot, made.data, made.layout, {
      displayModeBar: false,
      doubleClick: "reset",
      responsive: true,
      scrollZoom: false,
      locale: chinese ? "zh-CN" : "en-US",
    }).then(function () {
      // Those who hear the page have the title, the note and the table.
      plot.querySelectorAll("svg").forEach(function (svg) {
        svg.setAttribute("aria-hidden", "true");
      });
      plot.tabIndex = 0;
      plot.setAttribute("role", "img");
      plot.setAttribute("aria-labelledby", "title-" + figure.dataset.figure);
      plot.setAttribute("aria-describedby", "keys-" + figure.dataset.figure);
      figure.querySelector("[data-tools]").hidden = false;
    });
  }

  function save(figure, form) {
    function text(selector) {
      var element = (selector === "h1" ? document : figure).querySelector(selector);
      return element ? element.textContent.trim() : "";
    }
    return withStyle(true, function (style) {
      var words = {
        title: text(".chart__title"),
        name: text("h1") + " · " + text(".chart__name"),
        note: text(".chart__note"),
        caption: figure.dataset.caption,
        file: figure.dataset.file.replace("{page}", text("h1")),
        isLong: isLong(figure),
      };
      return window.saveChart(drawing(figure, style), words, lookOf(style), form);
    });
  }

  // ---- keys: from point to point, nearer, farther, all

  function pointsAt(plot, name) {
    var points = [];
    plot.data.forEach(function (trace, curve) {
      var lies = trace.orientation === "h";
      var point = trace.hoverinfo === "skip" ? -1 : (lies ? trace.y : trace.x).indexOf(name);
      // A gap has nothing to tell.
      if (point >= 0 && (lies ? trace.x : trace.y)[point] !== null) {
        points.push({ curveNumber: curve, pointNumber: point });
      }
    });
    return points;
  }

  // What is pointed at: all of a place at once, or the points one by one.
  var WHERE = {
    "x unified": function (place) {
      return { xval: place };
    },
    "y unified": function (place) {
      return { yval: place };
    },
    closest: function (place, points) {
      return points;
    },
  };

  // Goes on to the next place that has anything to tell, round and round.
  function step(plot, by) {
    var axis = plot.layout.xaxis.categoryarray ? plot.layout.xaxis : plot.layout.yaxis;
    var names = axis.categoryarray || [];
    var place = "at" in plot.dataset ? Number(plot.dataset.at) : Math.min(-by, 0);
    for (var tried = 0; tried < names.length; tried += 1) {
      place = (place + by + names.length) % names.length;
      var points = pointsAt(plot, names[place]);
      if (points.length) {
        plot.dataset.at = place;
        window.Plotly.Fx.hover(plot, WHERE[plot.layout.hovermode](place, points));
        return;
      }
    }
  }

  function zoom(plot, by) {
    var axis = plot.layout.xaxis;
    if (axis.fixedrange) {
      return;
    }
    var names = (axis.categoryarray || []).length;
    var at = "at" in plot.dataset ? Number(plot.dataset.at) : (axis.range[0] + axis.range[1]) / 2;
    var half = ((axis.range[1] - axis.range[0]) / 2) * by;
    if (by && !(names && half >= names / 2)) {
      window.Plotly.relayout(plot, { "xaxis.range": [at - half, at + half] });
    } else if (names) {
      window.Plotly.relayout(plot, { "xaxis.range": [-0.5, names - 0.5] });
    } else {
      window.Plotly.relayout(plot, { "xaxis.autorange": true });
    }
  }

  var KEYS = {
    ArrowRight: function (plot) {
      step(plot, 1);
    },
    ArrowLeft: function (plot) {
      step(plot, -1);
    },
    "+": function (plot) {
      zoom(plot, 0.5);
    },
    "-": function (plot) {
      zoom(plot, 2);
    },
    0: function (plot) {
      zoom(plot, 0);
    },
    Escape: function (plot) {
      window.Plotly.Fx.unhover(plot);
    },
  };

  function listen(figure) {
    var plot = figure.querySelector("[data-plot]");
    plot.addEventListener("keydown", function (event) {
      if (KEYS[event.key] && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        KEYS[event.key](plot);
      }
    });
    figure.querySelectorAll("[data-picture]").forEach(function (button) {
      button.addEventListener("click", function () {
        save(figure, button.dataset.picture);
      });
    });
  }

  // ---- when

  function openTable(figure) {
    var data = figure.querySelector("details");
    if (data) {
      data.open = true;
    }
  }

  function show(figure) {
    return library()
      .then(function () {
        return draw(figure, paper.matches);
      })
      .then(function () {
        listen(figure);
      })
      .catch(function (fault) {
        delete figure.dataset.drawn;
        openTable(figure);
        console.warn("chart", figure.dataset.figure, fault);
      });
  }

  function drawAgain(onPaper) {
    figures.forEach(function (figure) {
      if ("drawn" in figure.dataset) {
        draw(figure, onPaper);
      }
    });
  }

  if ("IntersectionObserver" in window) {
    var observer = new IntersectionObserver(
      function (entries) {
        entries.forEach(function (entry) {
          if (entry.isIntersecting) {
            observer.unobserve(entry.target);
            show(entry.target);
          }
        });
      },
      { rootMargin: "300px" }
    );
    figures.forEach(function (figure) {
      observer.observe(figure);
    });
  } else {
    figures.forEach(show);
  }

  document.addEventListener("themechange", function () {
    drawAgain(false);
  });
  paper.addEventListener("change", function () {
    drawAgain(paper.matches);
  });
  // What nobody has scrolled to has not been drawn: its table is printed in its place.
  window.addEventListener("beforeprint", function () {
    drawAgain(true);
    figures.forEach(function (figure) {
      if (!("drawn" in figure.dataset)) {
        openTable(figure);
      }
    });
  });
  window.addEventListener("afterprint", function () {
    drawAgain(false);
  });
})();
