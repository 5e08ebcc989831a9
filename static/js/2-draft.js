// Drafts: a form with data-draft is kept on the server five seconds after the
// last change, when a group of fields is left, with Ctrl+S and when the page is
// put away. Nothing is stored in the browser.
const drafts = [];

class Draft {
  constructor(form) {
    this.form = form;
    this.note = form.querySelector("[data-draft-state]");
    this.changed = false;
    this.sent = false;
    form.addEventListener("input", () => this.change());
    form.addEventListener("focusout", (event) => {
      const group = event.target.closest("fieldset.group");
      if (group && !group.contains(event.relatedTarget)) this.save();
    });
    form.addEventListener("submit", () => this.stop());
  }

  change() {
    this.changed = true;
    this.wait(5000);
  }

  wait(milliseconds) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), milliseconds);
  }

  stop() {
    this.sent = true;
    clearTimeout(this.timer);
  }

  // body is what was typed, without the form key, files and secrets.
  body() {
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) {
      const field = this.form.elements[name];
      if (name !== "form_key" && typeof value === "string" && field.type !== "password") {
        body.append(name, value);
      }
    }
    return body;
  }

  async save() {
    if (!this.changed || this.sent) return;
    this.changed = false;
    clearTimeout(this.timer);
    let kept = false;
    try {
      const answer = await fetch(this.form.dataset.draft, {
        method: "POST",
        body: this.body(),
        redirect: "manual",
        keepalive: document.visibilityState === "hidden",
      });
      kept = answer.ok;
    } catch {
      kept = false;
    }
    if (this.sent) return;
    if (!kept) {
      this.changed = true;
      this.wait(10000);
    }
    this.tell(kept);
  }

  tell(kept) {
    const words = kept ? this.form.dataset.draftSaved : this.form.dataset.draftFailed;
    const time = new Date().toLocaleTimeString("zh-CN", { hour12: false });
    if (this.note) this.note.textContent = words.replace("[time]", time);
    if (kept) document.dispatchEvent(new Event("session-used"));
  }
}

each("form[data-draft]", (form) => drafts.push(new Draft(form)));

document.addEventListener("keydown", (event) => {
  if (!drafts.length || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
  event.preventDefault();
  drafts.forEach((draft) => {
    draft.changed = true;
    draft.save();
  });
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") drafts.forEach((draft) => draft.save());
});
