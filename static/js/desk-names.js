// Accessible names for Django's widgets that lack one. Every page works without this.

// An autocomplete's box takes the label of the field that it replaces.
const name = (select) => {
  const box = select.nextElementSibling?.querySelector(".select2-selection");
  const label = select.getAttribute("aria-label") ?? select.labels?.[0]?.textContent.trim().replace(/:$/, "");
  if (!box || !label) {
    return;
  }
  const shown = box.querySelector(".select2-selection__rendered");
  // The value shown inside is not a field of its own, although select2 gives it that role.
  shown?.removeAttribute("role");
  shown?.removeAttribute("aria-readonly");
  box.querySelector(".select2-search__field")?.setAttribute("aria-label", label);
  box.removeAttribute("aria-labelledby");
  box.setAttribute("aria-label", shown?.title ? `${label}: ${shown.title}` : label);
};

const nameAll = () => document.querySelectorAll("select.admin-autocomplete").forEach(name);

window.addEventListener("load", () => {
  // After Django's own, which may come later than the page where there is little to load.
  window.django?.jQuery(nameAll);
  document.querySelectorAll(".selector span[aria-label]").forEach((icon) => icon.setAttribute("role", "img"));
  document.addEventListener("formset:added", () => setTimeout(nameAll));
  window.django?.jQuery(document).on("change", "select.admin-autocomplete", (event) => name(event.target));
});
