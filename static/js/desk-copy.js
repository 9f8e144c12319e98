// Copies a field's value to the clipboard. Every page works without this: the field can be selected and copied.

const copy = async (button) => {
  const field = document.getElementById(button.dataset.copies);
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    // The clipboard API is missing on plain http or was refused: use the older command on the selection.
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
