// Puts what stands in a field on the clipboard, where the browser lets it. Every page works without this: the field
// can be selected and copied by hand.

const copy = async (button) => {
  const field = document.getElementById(button.dataset.copies);
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    // Refused, or not offered on plain http: the selection is there, and the older way needs nothing else.
    if (!document.execCommand("copy")) {
      return;
    }
  }
  button.parentElement.querySelector("[role=status]").textContent = button.dataset.copied;
};

document.querySelectorAll("[data-copies]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => copy(button));
  document.getElementById(button.dataset.copies).addEventListener("focus", (event) => event.target.select());
});
