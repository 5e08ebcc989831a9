// Single keys: a, r, n, p press what carries data-key; j and k walk through a
// list; "/" goes to the search; "?" shows the keys and switches them off. A key
// never acts by itself on a form: it moves to the button, Enter presses it.
const page = document.body.dataset;
const keysOff = () => localStorage.getItem("keys") === "off";

function keysDialog() {
  const dialog = document.createElement("dialog");
  dialog.className = "keys";
  const title = document.createElement("h2");
  title.id = "keys-title";
  title.textContent = page.keysTitle;
  dialog.setAttribute("aria-labelledby", title.id);
  const list = document.createElement("ul");
  for (const line of page.keysList.split(/[;；]\s*/)) {
    const item = document.createElement("li");
    item.textContent = line;
    list.append(item);
  }
  const actions = document.createElement("div");
  actions.className = "actions";
  const close = document.createElement("button");
  const turn = document.createElement("button");
  close.type = turn.type = "button";
  close.className = "btn";
  turn.className = "btn btn-secondary";
  close.textContent = page.close;
  const name = () => (turn.textContent = keysOff() ? page.keysOn : page.keysOff);
  name();
  close.addEventListener("click", () => dialog.close());
  turn.addEventListener("click", () => {
    localStorage.setItem("keys", keysOff() ? "on" : "off");
    name();
  });
  dialog.addEventListener("close", () => dialog.remove());
  actions.append(close, turn);
  dialog.append(title, list, actions);
  document.body.append(dialog);
  dialog.showModal();
}

// walk moves the focus to the next or previous row of a list.
function walk(step) {
  const rows = [...document.querySelectorAll("main .row-link")];
  const at = rows.indexOf(document.activeElement);
  const next = rows[at < 0 ? 0 : at + step];
  if (next) next.focus();
}

// search goes to the search box of the page, else to the page that has one.
function search() {
  const box = document.querySelector("main form[role=search] input:not([type=hidden])");
  if (box) box.focus();
  else if (page.search) location.assign(page.search);
}

function press(key) {
  const target = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!target) return false;
  target.focus();
  if (target instanceof HTMLAnchorElement) target.click();
  return true;
}

if (page.keysTitle) {
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select, dialog");
    if (typing || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (event.key === "?") keysDialog();
    else if (keysOff()) return;
    else if (event.key === "j") walk(1);
    else if (event.key === "k") walk(-1);
    else if (event.key === "/") search();
    else if (!/^[a-z]$/.test(event.key) || !press(event.key)) return;
    event.preventDefault();
  });
}
