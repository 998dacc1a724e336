/** What the page sends and is sent. Changes go one after the other, in the order in which they were made. */

const { article, token } = document.body.dataset;
const address = `/articles/${encodeURIComponent(article)}`;

let queue = Promise.resolve();

/** One undo session a tab; it stays when the page is loaded again. */
function session() {
  let id = sessionStorage.getItem("session");
  if (!id) {
    id = crypto.randomUUID();
    sessionStorage.setItem("session", id);
  }
  return id;
}

/** Return the article’s state, given two runs' keys also their items side by side; or throw the reason's key. */
export async function load(a, b) {
  const runs = a && b ? `?${new URLSearchParams({ a, b })}` : "";
  const response = await fetch(`${address}/state${runs}`).catch(() => null);
  if (!response?.ok) throw new Error(response?.status === 403 ? "stale_page" : "no_server");
  return response.json();
}

/** Send what `wish` makes once all earlier changes are through; return {state}, {conflict, state} or {error, lost}. */
export function send(wish) {
  const sent = queue.then(() => post({ session: session(), ...wish() }));
  queue = sent;
  return sent;
}

async function post(wish) {
  let response;
  try {
    response = await fetch(`${address}/changes`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Onrecord-Token": token },
      body: JSON.stringify(wish),
    });
  } catch {
    return { lost: "no_server" };
  }
  if (response.status === 403) return { lost: "stale_page" };
  try {
    const answer = await response.json();
    return response.ok ? { state: answer } : answer;
  } catch {
    return response.ok ? { lost: "no_server" } : { error: `${response.status} ${response.statusText}` };
  }
}
