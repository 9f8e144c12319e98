// The readers' page beside the form, made anew whenever what is typed is kept. Without this, "Preview" opens a page.

{
  const DESKTOP = 1080; // The least width at which the page is laid out as on a desk, in pixels of its own,
  const PHONE = 390;
  const ROOM = window.matchMedia("(min-width: 1280px)");
  const OPEN = "desk-preview-open";
  const WIDTH = "desk-preview-width";

  const pane = document.getElementById("preview-pane");
  const form = pane?.closest("form");
  const toggle = form?.querySelector("[data-preview-toggle]");

  // What is remembered in this browser; where it keeps nothing, nothing is.
  const remembered = (name) => {
    try {
      return localStorage.getItem(name);
    } catch {
      return null;
    }
  };
  const remember = (name, value) => {
    try {
      localStorage.setItem(name, value);
    } catch {
      // It opens as it did at first.
    }
  };

  const start = () => {
    const part = (name) => pane.querySelector(`[data-preview-${name}]`);
    const frame = pane.querySelector("iframe");
    const stage = part("stage");
    const sheet = pane.closest(".desk-sheet");
    let asked = null; // What is being fetched.

    const address = () => {
      const url = new URL(pane.dataset.url, location);
      url.searchParams.set("kept", form.elements.namedItem("_form").value);
      return url;
    };
    const addressBeside = () => {
      const url = address();
      url.searchParams.set("beside", "1");
      return url;
    };

    const say = (sentence) => {
      part("state").textContent = sentence;
    };

    // -- What the frame shows ------------------------------------------------------------------------------------

    // Addresses in the page lead to another window: the frame stays where it is. Those within the page work.
    const follow = (event) => {
      const link = event.target.closest("a[href]");
      if (!link || link.getAttribute("href").startsWith("#")) {
        return;
      }
      event.preventDefault();
      window.open(link.href, "_blank", "noopener");
    };

    const put = (page) => {
      const shown = frame.contentDocument;
      const unfolded = [...shown.querySelectorAll("main details")].map(({ open }) => open);
      page.querySelectorAll("main details").forEach((spoiler, place) => {
        spoiler.open = unfolded[place] ?? false;
      });
      [".desk-banner", "main"].forEach((part) => {
        const before = shown.querySelector(part);
        const after = page.querySelector(part);
        if (before && after && before.outerHTML !== after.outerHTML) {
          before.replaceWith(shown.adoptNode(after));
        }
      });
      shown.title = page.title;
    };

    const load = () => {
      const src = addressBeside().href;
      if (frame.src !== src) {
        frame.src = src;
      }
    };

    const refresh = async () => {
      if (!pane.open) {
        return;
      }
      if (!frame.contentDocument?.querySelector("main")) {
        load();
        return;
      }
      asked?.abort();
      const mine = new AbortController();
      asked = mine;
      try {
        const response = await fetch(addressBeside(), { signal: mine.signal, redirect: "error" });
        if (!response.ok) {
          throw new Error(response.status);
        }
        put(new DOMParser().parseFromString(await response.text(), "text/html"));
        say("");
      } catch {
        if (!mine.signal.aborted) {
          say(pane.dataset.failing);
        }
      }
    };

    // -- How wide it is ------------------------------------------------------------------------------------------

    const width = () => pane.querySelector("[name=_preview_width]:checked").value;

    // A page for a desk is laid out as wide as that, and drawn as small as the pane is.
    const fit = () => {
      const { clientWidth, clientHeight } = stage;
      const isPhone = width() === "phone";
      const wide = isPhone ? Math.min(PHONE, clientWidth) : ROOM.matches ? Math.max(DESKTOP, clientWidth) : clientWidth;
      const scale = isPhone ? 1 : clientWidth / wide;
      frame.style.inlineSize = `${wide}px`;
      frame.style.blockSize = `${clientHeight / scale}px`;
      frame.style.scale = scale === 1 ? "" : String(scale);
      pane.classList.toggle("desk-preview--phone", isPhone);
    };

    // -- Opening and closing -------------------------------------------------------------------------------------

    // What is being read stays where it is on the screen, whatever moves above it.
    const inPlace = (change) => {
      const field = document.getElementById("id_body") ?? sheet;
      const before = field.getBoundingClientRect().top;
      const isRead = window.scrollY > 0;
      change();
      if (isRead) {
        window.scrollBy(0, field.getBoundingClientRect().top - before);
      }
    };

    const open = ({ isAsked }) => {
      if (pane.open) {
        return;
      }
      if (ROOM.matches) {
        inPlace(() => {
          pane.open = true; // It takes no focus: the writing goes on beside it.
          sheet.classList.add("has-preview");
        });
      } else if (isAsked) {
        pane.showModal();
      }
      toggle.setAttribute("aria-expanded", String(pane.open));
      fit();
      if (frame.contentDocument?.querySelector("main")) {
        refresh();
      } else if (pane.open) {
        load();
      }
    };

    const closed = () => {
      sheet.classList.remove("has-preview");
      toggle.setAttribute("aria-expanded", "false");
    };

    const close = () => {
      const isBeside = sheet.classList.contains("has-preview");
      const hadFocus = pane.contains(document.activeElement);
      if (isBeside) {
        inPlace(() => {
          pane.open = false;
          closed();
        });
      } else {
        pane.close();
      }
      if (isBeside && hadFocus) {
        toggle.focus();
      }
    };

    // -- What is pressed -----------------------------------------------------------------------------------------

    toggle.hidden = false;
    form.querySelector("[data-preview-page]").hidden = true;
    toggle.addEventListener("click", () => {
      const isOpening = !pane.open;
      if (ROOM.matches) {
        remember(OPEN, String(isOpening));
      }
      if (isOpening) {
        open({ isAsked: true });
      } else {
        close();
      }
    });
    part("close").addEventListener("click", () => {
      if (ROOM.matches) {
        remember(OPEN, "false");
      }
      close();
    });
    pane.addEventListener("close", closed);
    part("link").addEventListener("click", () => {
      part("link").href = address().href;
    });
    pane.querySelectorAll("[name=_preview_width]").forEach((choice) => {
      choice.checked = choice.value === (remembered(WIDTH) ?? "desktop");
      choice.addEventListener("change", () => {
        remember(WIDTH, width());
        fit();
      });
    });
    if (!pane.querySelector("[name=_preview_width]:checked")) {
      pane.querySelector("[name=_preview_width]").checked = true;
    }
    new ResizeObserver(fit).observe(stage);

    frame.addEventListener("load", () => {
      frame.contentDocument?.addEventListener("click", follow);
    });
    document.addEventListener("desk:kept", refresh);

    // A window that grows too narrow for both shows the form; one that grows wide again, what it showed.
    ROOM.addEventListener("change", () => {
      if (pane.open) {
        close();
      }
      if (ROOM.matches && remembered(OPEN) === "true") {
        open({ isAsked: false });
      }
    });
    if (remembered(OPEN) === "true") {
      open({ isAsked: false });
    }
  };

  if (toggle) {
    start();
  }
}
