"use strict";
(() => {
  const root = document.documentElement;
  /** Options and the like hold one text: it is exchanged. What has both languages in it is shown and hidden by CSS. */
  const speak = (language) => {
    root.lang = language;
    for (const node of document.querySelectorAll("[data-vi]")) node.textContent = node.dataset[language];
    document.dispatchEvent(new Event("language"));
  };
  // A page in a frame has no store.
  const store = (language) => { try { localStorage.setItem("trichtin", language); } catch { return; } };
  const stored = () => { try { return localStorage.getItem("trichtin"); } catch { return null; } };
  for (const button of document.querySelectorAll("button.lang")) {
    button.addEventListener("click", () => { speak(button.dataset.to); store(button.dataset.to); });
  }
  if ((new URLSearchParams(location.search).get("lang") || stored()) === "en") speak("en");
})();
