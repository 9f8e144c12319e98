// Adds an embargo's end in the user's own time zone if it differs from those shown: only the browser knows that zone.
// Every page works without this.

const read = (moment, timeZone, options) =>
  Object.fromEntries(
    new Intl.DateTimeFormat("en-GB", { timeZone, hourCycle: "h23", ...options })
      .formatToParts(moment)
      .map(({ type, value }) => [type, value]),
  );

const fill = (clocks) => {
  const yours = clocks.querySelector("[data-yours]");
  const moment = new Date(clocks.dataset.moment);
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!yours || !timeZone || Number.isNaN(moment.valueOf())) {
    return;
  }
  const clock = { hour: "2-digit", minute: "2-digit", second: "2-digit" };
  const digits = read(moment, timeZone, { year: "numeric", month: "2-digit", day: "2-digit", ...clock });
  const words = read(moment, timeZone, { weekday: "short", day: "numeric", month: "long", year: "numeric" });
  const offset = read(moment, timeZone, { hour: "numeric", timeZoneName: "shortOffset" }).timeZoneName;
  const time = `${digits.hour}:${digits.minute}${digits.second === "00" ? "" : `:${digits.second}`}`;
  const reads = `${digits.year}-${digits.month}-${digits.day}T${digits.hour}:${digits.minute}:${digits.second}`;
  const part = (line, name) => line.querySelector(`.desk-clocks__${name}`);

  const same = clocks.querySelector(`[data-reads="${reads}"]`);
  if (same) {
    part(same, "who").append(`, ${part(yours, "who").textContent.toLowerCase()}`);
    return;
  }
  part(yours, "zone").textContent = timeZone;
  part(yours, "day").textContent = `${words.weekday} ${words.day} ${words.month} ${words.year}`;
  part(yours, "time").textContent = time;
  part(yours, "letters").textContent = offset === "GMT" ? "UTC+0" : offset.replace("GMT", "UTC").replace("-", "−");
  yours.hidden = false;
};

document.querySelectorAll("[data-moment]").forEach(fill);
