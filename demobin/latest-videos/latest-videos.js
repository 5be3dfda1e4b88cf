// Latest videos: fills each section of the class "latest-videos" with what its server-side piece
// answers. The words and the address to ask stand in the HTML, the look in the CSS. No token is
// here, and none belongs here: whoever opens the page can read this file.

const PATIENCE_MS = 15_000;

for (const block of document.querySelectorAll(".latest-videos")) {
  part(block, "again").addEventListener("click", () => {
    part(block, "heading").focus(); // the button is about to go, and must not take the focus along
    show(block);
  });
  show(block);
}

async function show(block) {
  say(block, "loading");
  try {
    const videos = await ask(block.dataset.source);
    const pictures = block.dataset.pictures === "yes";
    part(block, "list").replaceChildren(...videos.map((video) => card(block, video, pictures)));
    say(block, videos.length ? "" : "empty");
  } catch {
    say(block, "error");
  }
}

async function ask(source) {
  const answer = await fetch(source, { signal: AbortSignal.timeout(PATIENCE_MS) });
  if (!answer.ok) throw new Error(`answered ${answer.status}`);
  return (await answer.json()).videos;
}

function say(block, state) {
  block.dataset.state = state || "shown";
  block.setAttribute("aria-busy", String(state === "loading"));
  part(block, "status").textContent = state ? block.dataset[state] : "";
  part(block, "again").hidden = state !== "error";
}

// Titles are set as text, never as HTML: people put anything into a title.
function card(block, video, pictures) {
  const made = block.querySelector("template").content.cloneNode(true);
  const link = made.querySelector("a");
  link.textContent = video.title.trim() || block.dataset.untitled;
  if (isWeb(video.url)) link.href = video.url;
  part(made, "length").textContent = length(video.duration_ms);
  date(part(made, "day"), video.created_at);
  if (pictures && isWeb(video.picture)) picture(part(made, "picture"), video.picture);
  return made;
}

// 4_920_000 → "1 hr 22 min", in the visitor's language.
function length(milliseconds) {
  if (milliseconds === null) return "";
  const seconds = Math.round(milliseconds / 1000);
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  if (hours) return minutes ? `${unit(hours, "hour")} ${unit(minutes, "minute")}` : unit(hours, "hour");
  const rest = seconds % 60;
  if (minutes) return rest ? `${unit(minutes, "minute")} ${unit(rest, "second")}` : unit(minutes, "minute");
  return unit(rest, "second");
}

function unit(number, name) {
  return new Intl.NumberFormat(undefined, { style: "unit", unit: name }).format(number);
}

// A moment, not a day, comes from the server: so each visitor sees the day it was where they are.
function date(element, moment) {
  const when = new Date(moment);
  if (Number.isNaN(when.getTime())) return;
  element.dateTime = moment;
  element.textContent = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" }).format(when);
}

function picture(image, address) {
  const poster = image.src;
  image.addEventListener("error", () => (image.src = poster), { once: true });
  image.src = address;
}

function isWeb(address) {
  return typeof address === "string" && address.startsWith("https://");
}

function part(block, name) {
  return block.querySelector(`.latest-videos-${name}`);
}
