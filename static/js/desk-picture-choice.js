// Shows a thumbnail of the picture that is chosen in a form, as soon as it is chosen.

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("[data-picture-choice]").forEach((choice) => {
    const image = choice.querySelector("img");
    // The suggestions of Django's admin (select2) and its pop-ups tell jQuery alone.
    window.django.jQuery(choice).on("change", "select", ({ target }) => {
      image.hidden = !target.value;
      if (target.value) {
        image.src = choice.dataset.pictureChoice.replace("/0/", `/${target.value}/`);
      }
    });
  });
});
