// Asks again for a picture that could not be made at once, because many were asked for together.

const MOST_TIMES = 5;
const PAUSE = 1500; // Milliseconds before it is asked for again; longer each time.

const again = ({ target: image }) => {
  const times = Number(image.dataset.times ?? 0) + 1;
  if (times <= MOST_TIMES) {
    image.dataset.times = times;
    setTimeout(() => {
      image.src = `${image.src.split("#")[0]}#${times}`;
    }, PAUSE * times);
  }
};

document.querySelectorAll("main img").forEach((image) => {
  image.addEventListener("error", again);
  if (image.complete && !image.naturalWidth) {
    again({ target: image });
  }
});
