// Keeps what is typed as an answer while it is typed: the form's fields are sent a moment after the last key,
// and when the page is left. Without this the form works as it stands. All words come from the page.

const WAIT = 1200;
// What may be sent while a page is left: browsers allow 64 KiB.
const AT_LEAVING = 60000;
const form = document.querySelector("form[data-answers]");

// The page's token is another one after somebody has signed in again in another window.
async function newToken() {
  const answer = await fetch(window.location.href, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const token = page.querySelector("form[data-answers] [name=csrfmiddlewaretoken]");
  if (token) {
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) {
      field.value = token.value;
    }
  }
  return Boolean(token);
}

function setUp() {
  const said = form.querySelector("[data-said]");
  let timer = 0;
  // The findings whose fields were changed: of the others somebody else may be typing.
  const changed = new Set();
  let leaving = false;

  function send(keys) {
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (name === "csrfmiddlewaretoken" || keys.includes(name.split("-")[1])) {
        body.append(name, value);
      }
    }
    return fetch(form.action, {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
      keepalive: body.toString().length < AT_LEAVING,
    });
  }

  async function keep() {
    clearTimeout(timer);
    if (!changed.size || leaving) {
      return;
    }
    const keys = Array.from(changed);
    changed.clear();
    said.textContent = form.dataset.keeping;
    try {
      let answer = await send(keys);
      if (answer.status === 403 && (await newToken())) {
        answer = await send(keys);
      }
      if (answer.redirected) {
        said.textContent = form.dataset.signedOut;
      } else {
        const told = await answer.json();
        said.textContent = told.refused || form.dataset.kept;
      }
    } catch {
      for (const key of keys) {
        changed.add(key);
      }
      said.textContent = form.dataset.lost;
      timer = setTimeout(keep, 10 * WAIT);
    }
  }

  // A box is as high as its text.
  function fit(box) {
    box.style.height = "";
    box.style.height = box.scrollHeight + box.offsetHeight - box.clientHeight + "px";
  }

  form.addEventListener("input", (event) => {
    if (!event.target.name.startsWith("right-")) {
      changed.add(event.target.name.split("-")[1]);
    }
    clearTimeout(timer);
    timer = setTimeout(keep, WAIT);
    if (event.target.matches("textarea")) {
      fit(event.target);
    }
  });
  form.addEventListener("change", () => keep());
  form.addEventListener("submit", () => {
    leaving = true;
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") {
      keep();
    }
  });
  for (const box of form.querySelectorAll("textarea")) {
    if (box.value) {
      fit(box);
    }
  }
  // A box that says why its text does not count comes first.
  const wrong = form.querySelector("[aria-invalid=true]");
  if (wrong) {
    wrong.focus();
    wrong.scrollIntoView({ block: "center" });
  }
}

if (form) {
  setUp();
}
