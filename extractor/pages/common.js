"use strict";
(() => {
  const root = document.documentElement;
  const speak = (language) => { root.lang = language; document.dispatchEvent(new Event("language")); };
  for (const button of document.querySelectorAll("button.lang")) {
    button.addEventListener("click", () => speak(button.dataset.to));
  }
  if (new URLSearchParams(location.search).get("lang") === "en") speak("en");
})();
