// Makes the form that takes a workbook, or many of them, more comfortable: files may be dropped on it, are
// listed, are told that they are too large before they are sent, and how much is sent is shown. What
// follows shows on the next page.
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

  function chosen() {
    return Array.from(input.files);
  }

  function sum(files) {
    return files.reduce((all, file) => all + file.size, 0);
  }

  // What keeps one file from being sent, in words; empty if nothing does. An archive has the limit of all.
  function wrong(file) {
    const limit = words.total && /\.zip$/i.test(file.name) ? words.total : words.limit;
    if (file.size > Number(limit)) {
      return limit === words.total ? words.together : filled(words.tooLarge, { file: file.name });
    }
    return file.size ? "" : filled(words.empty, { file: file.name });
  }

  // What keeps the chosen files from being sent, in words; empty if nothing does.
  function refusal(files) {
    if (words.most && files.length > Number(words.most)) {
      return filled(words.tooMany, { files: number.format(files.length) });
    }
    const text = files.map(wrong).find((one) => one) || "";
    return text || (words.total && sum(files) > Number(words.total) ? words.together : "");
  }

  function refuse(text) {
    refused.textContent = text;
    refused.hidden = !text;
  }

  function line(file) {
    const item = document.createElement("li");
    for (const text of [file.name, size(file.size)]) {
      item.append(Object.assign(document.createElement("span"), { textContent: text }));
    }
    item.toggleAttribute("data-wrong", Boolean(wrong(file)));
    return item;
  }

  function showChosen() {
    const files = chosen();
    let text = files.length ? files[0].name + " · " + size(files[0].size) : "";
    if (files.length > 1) {
      text = filled(words.chosenMany, { files: number.format(files.length), size: size(sum(files)) });
    }
    zone.querySelector("[data-chosen]").textContent = text;
    const list = zone.querySelector("[data-list]");
    if (list) {
      list.hidden = files.length < 2;
      list.replaceChildren(...(list.hidden ? [] : files.map(line)));
    }
    refuse(refusal(files));
    trouble.hidden = true;
  }

  // A folder has no content that could be sent.
  function hasFolder(transfer) {
    return Array.from(transfer.items).some((item) => {
      const entry = item.webkitGetAsEntry && item.webkitGetAsEntry();
      return Boolean(entry && entry.isDirectory);
    });
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
    if (words.folder && hasFolder(event.dataTransfer)) {
      refuse(words.folder);
      return;
    }
    if (!input.multiple && event.dataTransfer.files.length !== 1) {
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
    const kept = input.files;
    const main = new DOMParser().parseFromString(page, "text/html").querySelector("main");
    end();
    document.querySelector("main").replaceChildren(...main.childNodes);
    const again = document.querySelector("form[data-workbook-form]");
    if (again) {
      again.querySelector("input[type=file]").files = kept;
      setUp(again);
    }
    document.querySelector("main").focus();
  }

  function answered(asked) {
    if ((asked.getResponseHeader("Content-Type") || "").startsWith("application/json")) {
      window.location.assign(JSON.parse(asked.responseText).address);
    } else if (new URL(asked.responseURL).pathname !== new URL(form.action).pathname) {
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
    asked.open("POST", form.getAttribute("action") || window.location.pathname + window.location.search);
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
    const files = chosen();
    const text = refusal(files);
    if (sending || request || text) {
      event.preventDefault();
      refuse(text);
      return;
    }
    // Without a file the server says what is missing; a file to keep comes by itself.
    if (!files.length) {
      return;
    }
    event.preventDefault();
    sending = true;
    begin();
    // A file that was saved again since it was chosen cannot be sent, and the browser does not say why.
    const first = files.map((file) => file.slice(0, 1).arrayBuffer());
    Promise.all(first).then(send, () => fail(words.moved));
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
