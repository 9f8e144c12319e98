// The focal point of a picture: set by a click on it, by dragging, or with the arrow keys; and the crops that it makes.
// Without this the two numbers beside it say the same.

const focal = document.querySelector("[data-focal]");

const setUp = () => {
  const image = focal.querySelector("img");
  const point = focal.querySelector(".picture-focal__point");
  const across = document.getElementById("id_focal_x");
  const down = document.getElementById("id_focal_y");
  const crops = document.querySelectorAll("[data-crop]");

  const share = (field) => {
    const typed = Number.parseFloat(field.value);
    return Number.isFinite(typed) ? Math.min(Math.max(typed / 100, 0), 1) : 0.5;
  };

  // Which part of a picture a crop shows: as near to the point as its edges allow (reviews/imaging/shapes.py).
  const offset = (kept, at) => (kept >= 1 ? 50 : (Math.min(Math.max(at - kept / 2, 0), 1 - kept) / (1 - kept)) * 100);

  const show = () => {
    const [x, y] = [share(across), share(down)];
    point.style.left = `${x * 100}%`;
    point.style.top = `${y * 100}%`;
    const ratio = image.width && image.height ? image.getAttribute("width") / image.getAttribute("height") : 1;
    crops.forEach((crop) => {
      const [wide, high] = crop.dataset.crop.split("/").map(Number);
      const left = offset(wide / high / ratio, x);
      const top = offset(ratio / (wide / high), y);
      crop.style.objectPosition = `${left}% ${top}%`;
    });
  };

  const move = (x, y) => {
    const percent = (value) => String(Math.round(Math.min(Math.max(value, 0), 1) * 1000) / 10);
    across.value = percent(x);
    down.value = percent(y);
    show();
  };

  const atPointer = (event) => {
    const box = image.getBoundingClientRect();
    move((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
  };

  focal.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) {
      return;
    }
    event.preventDefault();
    point.focus({ preventScroll: true });
    focal.setPointerCapture(event.pointerId);
    atPointer(event);
  });
  focal.addEventListener("pointermove", (event) => {
    if (focal.hasPointerCapture(event.pointerId)) {
      atPointer(event);
    }
  });

  const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  point.addEventListener("keydown", (event) => {
    const step = steps[event.key];
    if (step) {
      event.preventDefault();
      const size = event.shiftKey ? 0.1 : 0.01;
      move(share(across) + step[0] * size, share(down) + step[1] * size);
    }
  });

  [across, down].forEach((field) => field.addEventListener("input", show));
  point.hidden = false;
  document.querySelector(".picture-crops").hidden = false;
  show();
};

if (focal) {
  setUp();
}
