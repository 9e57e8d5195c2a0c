// Shows how far a background job has come, until it has ended; then the page is loaded anew, with the
// result. Without this the page reloads itself every few seconds. All words come from the server.

const FIRST = 1000;
const SLOWEST = 4000;

async function newest(address) {
  const answer = await fetch(address, { credentials: "same-origin", headers: { Accept: "text/html" } });
  if (answer.redirected || answer.status === 404 || answer.status === 403) {
    // Signed out, or no longer there: the page itself says which.
    return null;
  }
  if (!answer.ok) {
    throw new Error(String(answer.status));
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.querySelector("[data-job]");
}

function isOpen(element) {
  return element.dataset.state === "waiting" || element.dataset.state === "running";
}

function follow(element) {
  const said = document.createElement("p");
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  element.after(said);
  let pause = FIRST;
  let shown = element;

  function say() {
    const going = shown.querySelector("li[data-state=going] .stages__name");
    const words = going ? going.textContent : "";
    if (said.textContent !== words) {
      said.textContent = words;
    }
  }

  async function look() {
    try {
      const next = await newest(shown.dataset.job);
      if (!next || !isOpen(next)) {
        window.location.reload();
        return;
      }
      pause = Math.min(pause * 1.25, SLOWEST);
      if (next.dataset.state !== shown.dataset.state) {
        pause = FIRST;
      }
      shown.replaceWith(next);
      shown = next;
      say();
    } catch (error) {
      // The network or the server is away for a moment.
      pause = SLOWEST;
    }
    window.setTimeout(look, pause);
  }

  say();
  window.setTimeout(look, pause);
}

document.querySelectorAll("[data-job]").forEach((element) => {
  if (isOpen(element)) {
    follow(element);
  }
});
