// Says before a session ends that it will. How long it still lasts is asked of the server, because other tabs prolong
// it too; asking does not prolong it. All words come from the page.

const WARN_SECONDS = 300;
const AGAIN_SECONDS = 30;
const notice = document.querySelector("[data-session-left]");

async function secondsLeft(address) {
  const answer = await fetch(address, { credentials: "same-origin", cache: "no-store", headers: { Accept: "application/json" } });
  if (answer.redirected) {
    return 0;
  }
  return (await answer.json()).seconds;
}

function show(seconds) {
  const over = seconds <= 0;
  notice.hidden = seconds > WARN_SECONDS;
  notice.querySelector("[data-soon]").hidden = over;
  notice.querySelector("[data-over]").hidden = !over;
  const minutes = String(Math.max(1, Math.ceil(seconds / 60)));
  const said = notice.querySelector("[data-minutes]");
  if (said.textContent !== minutes) {
    said.textContent = minutes;
  }
}

function later(seconds) {
  const until = seconds > WARN_SECONDS ? seconds - WARN_SECONDS : Math.min(AGAIN_SECONDS, Math.max(seconds, 5));
  window.setTimeout(() => look(), until * 1000);
}

async function look(address = notice.dataset.sessionLeft) {
  try {
    const seconds = await secondsLeft(address);
    show(seconds);
    later(seconds);
  } catch {
    // The network or the server is away for a moment.
    window.setTimeout(() => look(), AGAIN_SECONDS * 1000);
  }
}

if (notice) {
  notice.querySelector("[data-stay]").addEventListener("click", async () => {
    show(await secondsLeft(notice.dataset.sessionStay).catch(() => 1));
  });
  look();
}
