"use strict";

// Every page works without this script; it only adds. No words stand here: they
// come in data attributes, in the reader's language.
const each = (selector, run, root = document) => root.querySelectorAll(selector).forEach(run);

// The error summary takes the focus, so that it is read first.
const first = document.querySelector("[data-focus]");
if (first) first.focus();

each("[data-print]", (button) => button.addEventListener("click", () => window.print()));

// A paper that goes on record when it is printed goes there by the keys of the browser too, and once there it is printed.
const record = document.querySelector("[data-record] form");
if (record)
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || event.key.toLowerCase() !== "p") return;
    event.preventDefault();
    record.requestSubmit();
  });
if (location.hash === "#print")
  window.addEventListener("load", () => {
    history.replaceState(null, "", location.pathname + location.search);
    window.print();
  });

// A sent form's buttons rest, as help against impatience; the server does not
// rely on it. They wake when the page is shown again from the history.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method === "get") return;
  setTimeout(() => each("button[type=submit]", (button) => (button.disabled = true), form));
});
window.addEventListener("pageshow", (event) => {
  if (event.persisted) each("button[type=submit]", (button) => (button.disabled = false));
});

// Enter that ends the composing of a Chinese word must not send the form. Some
// browsers end the composition just before they tell of the key.
let composed = 0;
document.addEventListener("compositionend", (event) => (composed = event.timeStamp));
document.addEventListener(
  "keydown",
  (event) => {
    if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement)) return;
    const composing = event.isComposing || event.keyCode === 229 || event.timeStamp - composed < 60;
    if (composing) event.preventDefault();
  },
  true,
);

// A menu closes on Escape and on a click elsewhere.
document.addEventListener("click", (event) => {
  each("details.menu[open]", (menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  each("details.menu[open]", (menu) => {
    menu.open = false;
    menu.querySelector("summary").focus();
  });
});

// A list acted on in bulk says how many rows are chosen.
each("[data-picked]", (note) => {
  const boxes = [...document.querySelectorAll(".pick input[type=checkbox]")];
  const count = () => {
    const chosen = boxes.filter((box) => box.checked).length;
    note.textContent = note.dataset.pickedText.replace("[n]", chosen);
  };
  boxes.forEach((box) => box.addEventListener("change", count));
});
