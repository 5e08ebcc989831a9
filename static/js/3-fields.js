// Helpers of single fields. They speak after the field is left, never while
// typing, and never stop a form: the server decides. Only a file that is too
// large is not sent at all.

// plain drops spaces and turns full-width signs into plain ones.
const plain = (text) =>
  text.replace(/[\s　]/g, "").replace(/[！-～]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));

const factsOf = (input) => input.closest(".field").querySelector("[data-facts]");

// tell writes under a field; wrong = in the tone of an error.
function tell(input, words, wrong) {
  const note = factsOf(input);
  note.textContent = words;
  note.classList.toggle("wrong", wrong);
}

// idFacts reads birth, sex and age out of an ID number; null when its check digit
// (GB 11643) or its date is wrong.
function idFacts(number, today) {
  if (!/^\d{17}[\dX]$/.test(number)) return null;
  const sum = [...number.slice(0, 17)].reduce((all, digit, i) => all + digit * (2 ** (17 - i) % 11), 0);
  if ("10X98765432"[sum % 11] !== number[17]) return null;
  const [year, month, date] = [number.slice(6, 10), number.slice(10, 12), number.slice(12, 14)].map(Number);
  const birth = new Date(year, month - 1, date);
  if (birth.getMonth() !== month - 1 || birth > today) return null;
  const early = today.getMonth() + 1 < month || (today.getMonth() + 1 === month && today.getDate() < date);
  return {
    birth: `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`,
    male: number[16] % 2 === 1,
    age: today.getFullYear() - year - (early ? 1 : 0),
  };
}

each("[data-id-number]", (input) => {
  const look = () => {
    const number = plain(input.value).toUpperCase();
    if (!number) return tell(input, "", false);
    if (/^\d{15}$/.test(number)) return tell(input, input.dataset.idFifteen, true);
    const facts = idFacts(number, new Date());
    if (!facts) return tell(input, input.dataset.idWrong, true);
    const words = input.dataset.idFacts
      .replace("[birth]", facts.birth)
      .replace("[sex]", facts.male ? input.dataset.idMale : input.dataset.idFemale)
      .replace("[age]", facts.age);
    tell(input, facts.age < 18 ? `${words} · ${input.dataset.idMinor}` : words, false);
  };
  input.addEventListener("change", look);
  if (input.value && !input.hasAttribute("aria-invalid")) look();
});

// luhn tells whether the last digit of a card number fits the others.
function luhn(number) {
  const sum = [...number].reverse().reduce((all, digit, i) => {
    const part = i % 2 ? digit * 2 : Number(digit);
    return all + (part > 9 ? part - 9 : part);
  }, 0);
  return sum % 10 === 0;
}

each("[data-card-number]", (input) => {
  input.addEventListener("change", () => {
    const number = plain(input.value).replaceAll("-", "");
    const right = /^\d{16,19}$/.test(number) && luhn(number);
    if (!number) tell(input, "", false);
    else if (right) tell(input, number.replace(/(\d{4})(?=\d)/g, "$1 "), false);
    else tell(input, input.dataset.cardWrong, true);
  });
});

// A date typed as 20261122, 2026/11/22 or 2026年11月22日 is written out, and a
// button opens the browser's own calendar.
each("input[data-date]", (input) => {
  input.addEventListener("change", () => {
    const parts = plain(input.value).match(/^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?$/);
    if (parts) input.value = [parts[1], parts[2].padStart(2, "0"), parts[3].padStart(2, "0")].join("-");
  });
  const calendar = document.createElement("input");
  calendar.type = "date";
  calendar.tabIndex = -1;
  calendar.className = "calendar";
  calendar.setAttribute("aria-hidden", "true");
  if (!calendar.showPicker) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "calendar-button";
  button.setAttribute("aria-label", input.dataset.date);
  button.addEventListener("click", () => {
    calendar.value = input.value;
    calendar.showPicker();
  });
  calendar.addEventListener("change", () => {
    input.value = calendar.value;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.focus();
  });
  const holder = document.createElement("span");
  holder.className = "date-box";
  input.replaceWith(holder);
  holder.append(input, button, calendar);
});

// A long text says how much room is left, once little is.
each("textarea[data-limit]", (area) => {
  const note = document.createElement("p");
  note.className = "facts";
  note.setAttribute("role", "status");
  area.after(note);
  area.addEventListener("input", () => {
    const left = area.dataset.limit - [...area.value].length;
    note.textContent = left < 100 ? area.dataset.limitText.replace("[n]", left) : "";
    note.classList.toggle("wrong", left < 0);
  });
});

// A file that is too large is told before it is sent: sending it takes long and ends in a refusal.
const megabytes = (bytes) => Math.ceil((bytes / 1048576) * 10) / 10;

function tooLarge(input) {
  const files = [...input.files];
  const one = files.find((file) => file.size > Number(input.dataset.largest));
  if (one) return input.dataset.largestText.replace("[name]", one.name).replace("[size]", megabytes(one.size));
  const all = files.reduce((sum, file) => sum + file.size, 0);
  return all > Number(input.dataset.largestAll) ? input.dataset.largestAllText.replace("[size]", megabytes(all)) : "";
}

each("[data-largest]", (input) => {
  const look = () => {
    const words = tooLarge(input);
    tell(input, words, Boolean(words));
    return words;
  };
  input.addEventListener("change", look);
  input.form.addEventListener("submit", (event) => {
    if (!look()) return;
    event.preventDefault();
    input.focus();
  });
});
