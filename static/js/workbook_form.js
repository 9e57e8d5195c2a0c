// Makes the form that takes a workbook more comfortable: a file may be dropped on it, is told that it
// is too large before it is sent, and how much is sent is shown. What follows shows on the next page.
// Without this the form works as it stands. All words come from the page, in the reader's language.

const ACCEPT = "application/json, text/html;q=0.9";
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
  const shown = form.querySelector("[data-sending]");
  const trouble = form.querySelector("[data-trouble]");
  const refused = zone.querySelector("[data-refused]");
  const stop = shown.querySelector("[data-stop]");
  const words = Object.assign({}, zone.dataset, shown.dataset);
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

  function show(text, share) {
    const bar = shown.querySelector("[data-bar]");
    shown.querySelector("[data-figure]").textContent = text;
    if (share === undefined) {
      bar.removeAttribute("value");
    } else {
      bar.value = share;
    }
  }

  function begin() {
    trouble.hidden = true;
    shown.hidden = false;
    stop.hidden = false;
    show("");
    shown.scrollIntoView({ block: "nearest" });
    for (const button of form.querySelectorAll("[type=submit]")) {
      button.disabled = true;
    }
  }

  function arrived() {
    sending = false;
    stop.hidden = true;
    show(words.arrived);
    shown.querySelector("[data-said]").textContent = words.arrived;
  }

  function end() {
    request = null;
    sending = false;
    shown.hidden = true;
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

  // The server answered with a page: it says what is wrong, and takes the place of this one.
  function take(page) {
    const chosen = input.files;
    const main = new DOMParser().parseFromString(page, "text/html").querySelector("main");
    end();
    document.querySelector("main").replaceChildren(...main.childNodes);
    const again = document.querySelector("form[data-workbook-form]");
    if (again) {
      again.querySelector("input[type=file]").files = chosen;
      setUp(again);
    }
    document.querySelector("main").focus();
  }

  function answered(asked) {
    if ((asked.getResponseHeader("Content-Type") || "").startsWith("application/json")) {
      window.location.assign(JSON.parse(asked.responseText).address);
    } else if (new URL(asked.responseURL).pathname !== window.location.pathname) {
      const back = window.location.pathname + window.location.search;
      const signIn = new URL(asked.responseURL).pathname + "?next=" + encodeURIComponent(back);
      fail(words.signedOut, signIn, words.signIn);
    } else {
      take(asked.responseText);
    }
  }

  function send() {
    const asked = new XMLHttpRequest();
    asked.upload.addEventListener("progress", (event) => {
      const figures = { sent: size(event.loaded), of: size(event.total) };
      show(filled(words.sent, figures), event.loaded / event.total);
    });
    asked.upload.addEventListener("load", arrived);
    asked.addEventListener("error", () => fail(words.cut));
    asked.addEventListener("abort", () => fail(words.stopped));
    asked.addEventListener("load", () => answered(asked));
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
    if (!file) {
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
