/* 天平：keys and asking back. Every page works without this file; nothing here is the only way to do a thing. */
"use strict";

(() => {
  const typing = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;
  const onScreen = (element) => element.offsetParent !== null;
  let afterG = false;

  const go = (key) => {
    const door = document.querySelector(`[data-go="${key}"]`);
    if (door) window.location.assign(door.href);
  };

  const step = (direction) => {
    const remarks = [...document.querySelectorAll("[data-remark]")].filter(onScreen);
    if (remarks.length === 0) return;
    const here = remarks.indexOf(document.activeElement.closest("[data-remark]"));
    const next = here === -1 ? (direction > 0 ? 0 : remarks.length - 1) : here + direction;
    const remark = remarks[Math.min(Math.max(next, 0), remarks.length - 1)];
    remark.focus({ preventScroll: true });
    remark.scrollIntoView({ block: "center" });
  };

  const find = () => {
    const box = document.querySelector("main [data-find]") || document.querySelector("[data-find]");
    if (box) box.focus();
    return box !== null;
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && window.location.hash === "#rail") {
      window.location.hash = "content";
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (typing(event.target) || document.querySelector("dialog[open]")) return;
    if (afterG) {
      afterG = false;
      if (/^[a-z]$/.test(event.key)) go(event.key);
      return;
    }
    if (event.key === "g") afterG = true;
    else if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "/" && find()) event.preventDefault();
    else if (event.key === "?") document.getElementById("shortcuts")?.showModal();
  });

  /* A button with data-confirm says what will happen to whom; without script the same words stand beside it. */
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-confirm]");
    const dialog = document.getElementById("confirm");
    if (!button || !dialog || !button.form || button.dataset.confirmed) return;
    event.preventDefault();
    if (!button.form.reportValidity()) return;
    const words = button.textContent.trim();
    document.getElementById("confirm-title").textContent = `${words}？`;
    document.getElementById("confirm-text").textContent = button.dataset.confirm;
    document.getElementById("confirm-go").textContent = words;
    dialog.returnValue = "";
    dialog.addEventListener(
      "close",
      () => {
        if (dialog.returnValue !== "go") return;
        button.dataset.confirmed = "yes";
        button.click();
        delete button.dataset.confirmed;
      },
      { once: true },
    );
    dialog.showModal();
  });

  /* The account panel closes when the reader turns elsewhere, as a menu does. */
  document.addEventListener("click", (event) => {
    for (const panel of document.querySelectorAll("details.tp-me[open]")) {
      if (!panel.contains(event.target)) panel.open = false;
    }
  });
})();
