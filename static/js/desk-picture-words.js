// Ticks "set for all" beside a field as soon as something is typed into it. Works without this: one ticks it oneself.

document.querySelectorAll("[data-shared]").forEach((row) => {
  const tick = row.querySelector("input[type=checkbox][name^=set-]");
  const typed = ({ target }) => {
    if (target !== tick) {
      tick.checked = true;
    }
  };
  row.addEventListener("input", typed);
  row.addEventListener("change", typed);
  // The suggestions of Django's admin (select2) tell jQuery alone.
  window.django?.jQuery(row).on("change", "select", typed);
});
