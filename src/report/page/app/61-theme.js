/* Light and dark: as the system has it, until the reader chooses. */

const THEMES = ["auto", "light", "dark"];

function chosenTheme() {
  try {
    return THEMES.includes(localStorage.getItem("flong-theme")) ? localStorage.getItem("flong-theme") : "auto";
  } catch {
    return "auto"; /* a file on the disk may have no store */
  }
}

function setTheme(name) {
  if (name === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = name;
  const button = document.getElementById("theme");
  button.textContent = { auto: "◐ Auto", light: "○ Light", dark: "● Dark" }[name];
  button.setAttribute("aria-label", `Colours: ${name}. Change`);
  button.dataset.name = name;
  button.hidden = false;
}

function startTheme() {
  setTheme(chosenTheme());
  document.getElementById("theme").addEventListener("click", (event) => {
    const next = THEMES[(THEMES.indexOf(event.currentTarget.dataset.name) + 1) % THEMES.length];
    setTheme(next);
    try {
      localStorage.setItem("flong-theme", next);
    } catch { /* then it lasts as long as the page */ }
  });
}
