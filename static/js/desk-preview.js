// The preview beside the form, reloaded after each autosave. Without this, "Preview" opens a page.

{
  const DESKTOP = 1080; // The layout width of the desktop preview, in CSS pixels of the page,
  const PHONE = 390;
  const ROOM = window.matchMedia("(min-width: 1280px)");
  const OPEN = "desk-preview-open";
  const WIDTH = "desk-preview-width";

  const pane = document.getElementById("preview-pane");
  const form = pane?.closest("form");
  const toggle = form?.querySelector("[data-preview-toggle]");

  // Settings in local storage, if the browser allows it.
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
      // The default settings are used.
    }
  };

  const start = () => {
    const part = (name) => pane.querySelector(`[data-preview-${name}]`);
    const frame = pane.querySelector("iframe");
    const stage = part("stage");
    const sheet = pane.closest(".desk-sheet");
    let asked = null; // The request in progress.

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

    // -- The frame's content ---------------------------------------------------------------------------------------

    // Links open in another window, so the frame stays on the preview. Links within the page work.
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

    // -- The width -------------------------------------------------------------------------------------------------

    const width = () => pane.querySelector("[name=_preview_width]:checked").value;

    // A desktop page is laid out at its full width and scaled down to the pane.
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

    // Keeps the scroll position of what is being read when the layout above it changes.
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
          pane.open = true; // Does not take the focus from the form.
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

    // -- Clicks and keys -------------------------------------------------------------------------------------------

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

    // If the window becomes too narrow for both, show the form; restore the pane when it is wide again.
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
