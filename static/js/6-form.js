// Fields that apply only while another holds a value are hidden otherwise; what was typed in them stays in the form. One
// with an error is never hidden.
function heldBy(form, name) {
  const controls = [...form.elements].filter((control) => control.name === name);
  const chosen = controls.filter((control) => !["radio", "checkbox"].includes(control.type) || control.checked);
  return chosen.map((control) => control.value);
}

each("[data-when]", (group) => {
  const form = group.closest("form");
  const wanted = group.dataset.whenIn.split(" ");
  const show = () => {
    const applies = heldBy(form, group.dataset.when).some((value) => wanted.includes(value));
    group.hidden = !applies && !group.querySelector("[aria-invalid=true], .field-wrong");
  };
  form.addEventListener("change", (event) => {
    if (event.target.name === group.dataset.when) show();
  });
  show();
});

// A row just added is where the typing goes on.
const begun = document.querySelector("[data-begin] input");
if (begun) begun.focus();

// A list is chosen from by typing the first letters of the pinyin: "hz" finds 汉族. The letters are told by the order of
// the characters, which the browser knows.
const pinyin = new Intl.Collator("zh-CN-u-co-pinyin");
const bounds = [..."阿八嚓哒妸发旮哈讥咔垃妈拏噢妑七呥扨它穵夕丫帀"];
const letters = "abcdefghjklmnopqrstwxyz";

const initialOf = (sign) => {
  if (!/\p{Script=Han}/u.test(sign)) return /[a-z0-9]/i.test(sign) ? sign.toLowerCase() : "";
  const at = bounds.findLastIndex((bound) => pinyin.compare(sign, bound) >= 0);
  return at < 0 ? sign : letters[at];
};
const initials = (text) => [...text].map(initialOf).join("");

if (document.documentElement.lang.startsWith("zh")) {
  let typed = "";
  let since = 0;
  document.addEventListener("keydown", (event) => {
    const list = event.target;
    const plainKey = /^[a-z]$/i.test(event.key) && !event.ctrlKey && !event.altKey && !event.metaKey;
    if (!(list instanceof HTMLSelectElement) || !plainKey || event.isComposing) return;
    typed = event.timeStamp - since < 1500 ? typed + event.key.toLowerCase() : event.key.toLowerCase();
    since = event.timeStamp;
    const found = [...list.options].findIndex((option) => option.value && initials(option.text).startsWith(typed));
    if (found < 0) return;
    event.preventDefault();
    list.selectedIndex = found;
    list.dispatchEvent(new Event("input", { bubbles: true }));
    list.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
