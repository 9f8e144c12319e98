// Asks again for a picture that could not be made at once, because many were asked for together: until then the desk
// answers with one of a single pixel.

const MOST_TIMES = 12;
const PAUSE = 700; // Milliseconds before it is asked for again; longer each time.

const look = ({ target: image }) => {
  const times = Number(image.dataset.times ?? 0) + 1;
  if (image.naturalWidth > 1 || times > MOST_TIMES) {
    return;
  }
  image.dataset.times = times;
  setTimeout(() => {
    image.src = `${image.src.split("?")[0]}?${times}`;
  }, PAUSE * times);
};

document.querySelectorAll("main img").forEach((image) => {
  image.addEventListener("load", look);
  if (image.complete && image.naturalWidth) {
    look({ target: image });
  }
});
