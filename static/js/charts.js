// Draws every <figure data-figure>. Without it, or if drawing fails, the table beneath says it all.
// plotly.js is fetched when the first chart comes near the window: the numbers are read by then.
(function () {
  "use strict";
  var self = document.currentScript;
  var figures = Array.prototype.slice.call(document.querySelectorAll("figure[data-figure]"));
  if (!figures.length) {
    return;
  }
  var chinese = document.documentElement.lang.indexOf("zh") === 0;
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
      style(self.dataset.style)
        .then(function () {
          return script(self.dataset.library);
        })
        .then(function () {
          return chinese ? script(self.dataset.locale) : null;
        });
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

  function described(figure) {
    return JSON.parse(document.getElementById(figure.dataset.figure).textContent);
  }

  function draw(figure) {
    var style = getComputedStyle(document.documentElement);
    var drawing = coloured(described(figure), style);
    var ink = style.getPropertyValue("--chart-ink").trim();
    var paper = style.getPropertyValue("--chart-paper").trim();
    var layout = drawing.layout || {};
    layout.font = Object.assign({ color: ink, size: 13 }, layout.font, {
      family: style.getPropertyValue("--font").trim(),
    });
    // A picture that is saved or copied has its paper with it.
    layout.paper_bgcolor = layout.plot_bgcolor = paper;
    layout.hoverlabel = { bgcolor: paper, bordercolor: ink, font: { color: ink } };
    layout.modebar = {
      bgcolor: paper,
      color: style.getPropertyValue("--ink-soft").trim(),
      activecolor: ink,
    };
    // Above the drawing, where slanted names of quarters cannot run into it.
    layout.legend = Object.assign({}, layout.legend, {
      orientation: "h",
      x: 0,
      xanchor: "left",
      y: 1.03,
      yanchor: "bottom",
    });
    layout.autosize = true;
    figure.dataset.drawn = "";
    var plot = figure.querySelector("[data-plot]");
    return window.Plotly.react(plot, drawing.data, layout, {
      displaylogo: false,
      responsive: true,
      locale: chinese ? "zh-CN" : "en-US",
      modeBarButtons: [["toImage"]],
      toImageButtonOptions: { filename: figure.dataset.figure, scale: 2 },
    }).then(function () {
      // Those who hear the page have the title, the note and the table.
      plot.querySelectorAll("svg").forEach(function (svg) {
        svg.setAttribute("aria-hidden", "true");
      });
      plot.querySelectorAll(".modebar-btn").forEach(function (button) {
        button.setAttribute("aria-label", button.dataset.title || "");
      });
    });
  }

  function show(figure) {
    return library()
      .then(function () {
        return draw(figure);
      })
      .catch(function (fault) {
        delete figure.dataset.drawn;
        var data = figure.querySelector("details");
        if (data) {
          data.open = true;
        }
        console.warn("chart", figure.dataset.figure, fault);
      });
  }

  function drawAgain() {
    figures.forEach(function (figure) {
      if ("drawn" in figure.dataset) {
        draw(figure);
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

  document.addEventListener("themechange", drawAgain);
  window.matchMedia("print").addEventListener("change", drawAgain);
})();
