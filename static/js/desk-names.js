// What Django's widgets leave without a name that is read out. Every page works without this.

// A chooser's box takes the name of the field that it stands in for.
const name = (select) => {
  const box = select.nextElementSibling?.querySelector(".select2-selection");
  const label = select.getAttribute("aria-label") ?? select.labels?.[0]?.textContent.trim().replace(/:$/, "");
  if (!box || !label) {
    return;
  }
  const shown = box.querySelector(".select2-selection__rendered");
  // What is shown inside is no field of its own, whatever the chooser says.
  shown?.removeAttribute("role");
  shown?.removeAttribute("aria-readonly");
  box.removeAttribute("aria-labelledby");
  box.setAttribute("aria-label", shown?.title ? `${label}: ${shown.title}` : label);
};

const nameAll = () => document.querySelectorAll("select.admin-autocomplete").forEach(name);

window.addEventListener("load", () => {
  nameAll();
  document.querySelectorAll(".selector span[aria-label]").forEach((icon) => icon.setAttribute("role", "img"));
  document.addEventListener("formset:added", () => setTimeout(nameAll));
  window.django?.jQuery(document).on("change", "select.admin-autocomplete", (event) => name(event.target));
});
