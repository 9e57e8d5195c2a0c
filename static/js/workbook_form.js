// Makes the form that takes a workbook more comfortable: a file may be dropped on it, is told that it
// is too large before it is sent, and its way is shown: sent, stored, read, checked.
// Without this the form works as it stands. All words come from the page, in the reader's language.

const STAGES = "application/x-ndjson";
const ACCEPT = STAGES + ", text/html;q=0.9";
const ORDER = ["sending", "stored", "reading", "checking", "done"];
const MIB = 1024 * 1024;

const number = new Intl.NumberFormat(document.documentElement.lang);
const tenth = new Intl.NumberFormat(document.documentElement.lang, { minimumFractionDigits: 1, maximumFractionDigits: 1 });

function size(bytes) {
  return bytes < MIB ? number.format(Math.ceil(bytes / 1024)) + " KiB" : tenth.format(bytes / MIB) + " MiB";
}

function filled(words, values) {
  return words.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

function setUp(form) {
  const input = form.querySelector("input[type=file]");
  const zone = form.querySelector("[data-drop-zone]");
  const stages = form.querySelector("[data-stages]");
  const result = document.querySelector("[data-result]");
  const trouble = form.querySelector("[data-trouble]");
  const refused = zone.querySelector("[data-refused]");
  const stop = stages.querySelector("[data-stop]");
  const words = Object.assign({}, zone.dataset, stages.dataset);
  let request = null;
  let sending = false;

  // ---- the file ----

  // What keeps the chosen file from being sent, in words; empty if nothing does.
  function refusal(file) {
    if (file.size > Number(words.limit)) {
      return words.tooLarge;
    }
    return file.size ? "" : words.empty;
  }

  function refuse(text) {
    refused.textContent = text;
    refused.hidden = !text;
  }

  function showChosen() {
    const file = input.files[0];
    zone.querySelector("[data-chosen]").textContent = file ? file.name + " · " + size(file.size) : "";
    refuse(file ? refusal(file) : "");
    trouble.hidden = true;
  }

  function carriesFiles(event) {
    return Array.from(event.dataTransfer.types).includes("Files");
  }

  function hover(over) {
    zone.toggleAttribute("data-over", over);
  }

  zone.querySelector("[data-drop-hint]").hidden = false;
  zone.addEventListener("dragover", (event) => {
    if (carriesFiles(event)) {
      event.preventDefault();
      hover(true);
    }
  });
  zone.addEventListener("dragleave", (event) => hover(zone.contains(event.relatedTarget)));
  zone.addEventListener("drop", (event) => {
    hover(false);
    if (!carriesFiles(event)) {
      return;
    }
    event.preventDefault();
    if (request) {
      return;
    }
    if (event.dataTransfer.files.length !== 1) {
      refuse(words.one);
      return;
    }
    input.files = event.dataTransfer.files;
    showChosen();
  });
  input.addEventListener("change", showChosen);
  showChosen();

  // ---- its way ----

  function show(stage, figure, share) {
    const at = ORDER.indexOf(stage);
    for (const item of stages.querySelectorAll("[data-stage]")) {
      const place = ORDER.indexOf(item.dataset.stage);
      const state = place < at ? "done" : place === at ? "going" : "waiting";
      const told = item.querySelector("[data-figure]");
      const bar = item.querySelector("[data-bar]");
      if (state === "going") {
        told.textContent = figure || words.going;
        if (bar && share !== undefined) {
          bar.value = share;
        }
      } else if (state === "done" && item.dataset.state !== "done") {
        told.textContent = bar && bar.position >= 0 && told.textContent ? told.textContent : words.done;
        if (bar) {
          bar.value = 1;
        }
      } else if (state === "waiting") {
        told.textContent = "";
      }
      if (item.dataset.state !== state) {
        item.dataset.state = state;
        if (state === "going") {
          const said = stages.querySelector("[data-said]");
          said.textContent = item.querySelector(".stages__name").textContent + ": " + words.going;
        }
      }
    }
  }

  function begin() {
    trouble.hidden = true;
    if (result) {
      result.replaceChildren();
    }
    for (const bar of stages.querySelectorAll("[data-bar]")) {
      bar.removeAttribute("value");
    }
    for (const item of stages.querySelectorAll("[data-stage]")) {
      item.dataset.state = "";
    }
    stages.hidden = false;
    stop.hidden = false;
    show("sending");
    stages.scrollIntoView({ block: "nearest" });
    for (const button of form.querySelectorAll("[type=submit]")) {
      button.disabled = true;
    }
  }

  function end() {
    request = null;
    sending = false;
    stages.hidden = true;
    for (const button of form.querySelectorAll("[type=submit]")) {
      button.disabled = false;
    }
  }

  // Says what went wrong, with a way on if there is one.
  function fail(text, address, name) {
    end();
    const said = trouble.querySelector("p");
    said.textContent = text;
    if (address) {
      const link = document.createElement("a");
      link.href = address;
      link.textContent = name;
      said.append(" ", link);
    }
    trouble.hidden = false;
    trouble.scrollIntoView({ block: "nearest" });
  }

  // The server answered with a page and no stages: it says what is wrong, and takes the place of this one.
  function take(page) {
    const chosen = input.files;
    const shown = new DOMParser().parseFromString(page, "text/html").querySelector("main");
    end();
    document.querySelector("main").replaceChildren(...shown.childNodes);
    const again = document.querySelector("form[data-workbook-form]");
    if (again) {
      again.querySelector("input[type=file]").files = chosen;
      setUp(again);
    }
    document.querySelector("main").focus();
  }

  function finish(told) {
    if (told.address) {
      window.location.assign(told.address);
      return;
    }
    const page = new DOMParser().parseFromString(told.page, "text/html").body;
    end();
    result.replaceChildren(...page.childNodes);
    result.focus({ preventScroll: true });
    result.scrollIntoView();
  }

  function send() {
    const asked = new XMLHttpRequest();
    let read = 0;
    let arrived = "";
    let ended = false;

    function isStages() {
      return (asked.getResponseHeader("Content-Type") || "").startsWith(STAGES);
    }

    function heed(told) {
      sending = false;
      stop.hidden = true;
      if (told.stage === "stored") {
        arrived = told.address;
        show("stored");
      } else if (told.stage === "reading") {
        const known = told.of ? words.read : words.readAlone;
        const figures = { read: number.format(told.read), of: number.format(told.of) };
        show("reading", filled(known, figures), told.of ? told.read / told.of : undefined);
      } else if (told.stage === "checking") {
        show("checking");
      } else if (told.stage === "done") {
        ended = true;
        show("done");
        finish(told);
      } else {
        ended = true;
        fail(told.message || words.broken, arrived, words.open);
      }
    }

    // The whole lines that have come since the last time.
    function listen() {
      if (!isStages()) {
        return;
      }
      const whole = asked.responseText.lastIndexOf("\n") + 1;
      const lines = asked.responseText.slice(read, whole).split("\n");
      read = whole;
      for (const line of lines) {
        if (line && !ended) {
          heed(JSON.parse(line));
        }
      }
    }

    function cut() {
      if (!ended) {
        ended = true;
        fail(arrived ? words.broken : words.cut, arrived, words.open);
      }
    }

    asked.upload.addEventListener("progress", (event) => {
      const figures = { sent: size(event.loaded), of: size(event.total) };
      show("sending", filled(words.sent, figures), event.loaded / event.total);
    });
    asked.upload.addEventListener("load", () => {
      sending = false;
      stop.hidden = true;
      show(form.querySelector("[data-stage=stored]") ? "stored" : "reading");
    });
    asked.addEventListener("progress", listen);
    asked.addEventListener("error", cut);
    asked.addEventListener("abort", () => {
      ended = true;
      fail(words.stopped);
    });
    asked.addEventListener("load", () => {
      if (isStages()) {
        listen();
        cut();
      } else if (new URL(asked.responseURL).pathname !== window.location.pathname) {
        const back = window.location.pathname + window.location.search;
        fail(words.signedOut, new URL(asked.responseURL).pathname + "?next=" + encodeURIComponent(back), words.signIn);
      } else {
        take(asked.responseText);
      }
    });
    asked.open("POST", window.location.pathname + window.location.search);
    asked.setRequestHeader("Accept", ACCEPT);
    asked.send(new FormData(form));
    request = asked;
  }

  stop.addEventListener("click", () => {
    if (sending) {
      request.abort();
    }
  });
  // Come back to by the browser's own button, the page is as it was left.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) {
      end();
    }
  });
  window.addEventListener("beforeunload", (event) => {
    if (sending) {
      event.preventDefault();
    }
  });

  form.addEventListener("submit", (event) => {
    const file = input.files[0];
    const text = file ? refusal(file) : "";
    if (sending || request || text) {
      event.preventDefault();
      refuse(text);
      return;
    }
    // Without a file the server says what is missing; a file to keep comes by itself.
    if (!file || (event.submitter && event.submitter.name === "marked")) {
      return;
    }
    event.preventDefault();
    sending = true;
    begin();
    // A file that was saved again since it was chosen cannot be sent, and the browser does not say why.
    file.slice(0, 1).arrayBuffer().then(send, () => fail(words.moved));
  });
}

// A file dropped beside the frame must not take the reader away from the page.
for (const name of ["dragover", "drop"]) {
  window.addEventListener(name, (event) => {
    if (Array.from(event.dataTransfer.types).includes("Files")) {
      event.preventDefault();
    }
  });
}
document.querySelectorAll("form[data-workbook-form]").forEach(setUp);
