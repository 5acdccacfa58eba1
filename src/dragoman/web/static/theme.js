// Before anything is painted: the theme chosen last time, if any.
(() => {
  try {
    const kept = localStorage.getItem("theme");
    if (kept === "light" || kept === "dark") document.documentElement.dataset.theme = kept;
  } catch { /* storage may be switched off: the system's theme it is */ }
})();
