// The session ends when nothing happens for long. Five minutes before, a dialog
// says so and one button stays; at the end drafts are kept and the page is asked
// for again, which leads to the sign-in and back.
each("dialog[data-timeout]", (dialog) => {
  const idle = dialog.dataset.timeout * 1000;
  const notice = Math.min(5 * 60 * 1000, idle / 3);
  const left = dialog.querySelector("[data-left]");
  const others = new BroadcastChannel("session");
  let end = Date.now() + idle;

  const stay = () => {
    end = Date.now() + idle;
    if (dialog.open) dialog.close();
  };
  const used = () => {
    stay();
    others.postMessage("used");
  };

  others.addEventListener("message", stay);
  document.addEventListener("session-used", used);
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  dialog.querySelector("[data-stay-button]").addEventListener("click", async () => {
    const answer = await fetch(dialog.dataset.stay, { method: "POST", redirect: "manual" });
    if (answer.ok) used();
    else location.reload();
  });
  others.postMessage("used");

  setInterval(async () => {
    const rest = end - Date.now();
    if (rest > notice) return;
    if (rest <= 0) {
      end = Infinity;
      await Promise.allSettled(drafts.map((draft) => draft.save()));
      location.reload();
      return;
    }
    if (!dialog.open) dialog.showModal();
    const seconds = Math.ceil(rest / 1000);
    left.textContent = left.dataset.leftText
      .replace("[m]", Math.floor(seconds / 60))
      .replace("[s]", String(seconds % 60).padStart(2, "0"));
  }, 1000);
});
