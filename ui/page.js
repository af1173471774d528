// Focus, scrolling and the Escape key. What is shown, and when, is the server's business.
(() => {
  "use strict";
  const narrow = matchMedia("(max-width: 60rem)");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  let opener = null;
  let open = null;
  let turns = "";

  const clause = () => document.querySelector("#clause .clause");

  function behind(away) {
    for (const id of ["top", "chat"]) {
      const part = document.getElementById(id);
      if (part) part.inert = away && narrow.matches;
    }
  }

  function toTitle() {
    document.getElementById("side")?.scrollTo(0, 0);
    clause()?.querySelector("h2")?.focus({ preventScroll: true });
  }

  function look() {
    const box = document.querySelector("#question textarea");
    if (box && !box.hasAttribute("aria-label")) box.setAttribute("aria-label", "Question");
    const key = clause()?.dataset.key ?? null;
    if (key !== open) {
      const closed = key === null;
      open = key;
      behind(!closed);
      if (!closed) toTitle();
      else if (opener?.isConnected) opener.focus();
    }
    const asked = document.querySelectorAll("#log .turn");
    const last = asked[asked.length - 1];
    const state = last ? `${asked.length} ${last.hasAttribute("aria-busy")}` : "";
    if (last && state !== turns) last.scrollIntoView({ block: "start", behavior: still.matches ? "auto" : "smooth" });
    turns = state;
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("#log button[data-provision]");
    if (!button) return;
    opener = button;
    if (open === `${button.dataset.provision} ${button.dataset.on}`) toTitle();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") document.querySelector("#clause [data-close]")?.click();
  });
  narrow.addEventListener("change", () => behind(open !== null));
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributeFilter: ["data-key", "aria-busy"] });
})();
