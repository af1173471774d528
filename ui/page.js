// Tabs, the address, focus, scrolling, copying and keys. What is shown is the server's business.
(() => {
  "use strict";
  const narrow = matchMedia("(max-width: 60rem)");
  const small = matchMedia("(max-width: 44rem)");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const panes = { ask: "chat", look: "look", time: "time", draft: "draft", check: "check", corpus: "corpus" };
  const met = new WeakSet();
  let opener = null;
  let open = null;
  let turns = "";
  let ready = false;
  let today = "";

  const one = (selector) => document.querySelector(selector);
  const clause = () => one("#clause .clause");

  function behind(away) {
    for (const id of ["top", "strip", "stage"]) {
      const part = document.getElementById(id);
      if (part) part.inert = away && narrow.matches;
    }
  }

  function toTitle() {
    one("#side")?.scrollTo(0, 0);
    clause()?.querySelector("h2")?.focus({ preventScroll: true });
    const mark = clause()?.querySelector("mark");
    const side = one("#side");
    if (mark && side && mark.offsetTop > side.clientHeight - 80) side.scrollTo(0, mark.offsetTop - 160);
  }

  function show(tab, focus = false) {
    document.body.dataset.tab = tab;
    for (const button of document.querySelectorAll("#tabs [role=tab]")) {
      const chosen = button.dataset.tab === tab;
      button.setAttribute("aria-selected", String(chosen));
      button.tabIndex = chosen ? 0 : -1;
      if (chosen && focus) button.focus();
      if (chosen) button.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
    if (tab === "corpus" && !one("#holdings .numbers")) press("#holdings .html-container > *", { sees: "corpus" });
    address();
  }

  // What no button of the page says, said as one would.
  function press(place, told) {
    const button = document.createElement("button");
    button.type = "button";
    button.hidden = true;
    Object.assign(button.dataset, told);
    one(place)?.append(button);
    button.click();
    button.remove();
  }

  // The address says what is on the page, so that it can be reloaded and sent on.
  function address() {
    if (!ready) return;
    const says = new URLSearchParams();
    const asked = [...document.querySelectorAll("#log .turn")].pop()?.dataset.asked;
    const on = one("#as-of")?.value;
    const key = clause()?.dataset.key;
    if (asked) says.set("q", asked);
    if (on && on !== today) says.set("on", on);
    if (key && key !== "none") says.set("c", key.slice(0, key.lastIndexOf(" ")));
    if (document.body.dataset.tab !== "ask") says.set("tab", document.body.dataset.tab);
    const words = says.toString();
    if (words.length < 6000) history.replaceState(null, "", words ? `?${words}` : location.pathname);
  }

  function restore() {
    const says = new URLSearchParams(location.search);
    const date = one("#as-of");
    today = date.value;
    ready = true;
    if (says.get("tab") in panes) show(says.get("tab"));
    if (/^\d{4}-\d\d-\d\d$/.test(says.get("on") ?? "") && says.get("on") !== today) {
      date.value = says.get("on");
      date.dispatchEvent(new Event("change", { bubbles: true }));
    }
    const box = one("#question textarea");
    if (says.get("q") && box) {
      box.value = says.get("q").slice(0, 8000);
      box.dispatchEvent(new Event("input", { bubbles: true }));
      setTimeout(() => one("#question button")?.click(), 150);
    }
    if (says.get("c")) press("#strip .since", { provision: says.get("c").slice(0, 1000), on: date.value });
  }

  // Once gradio has drawn the page: parts get the roles that it does not give them.
  function dress() {
    document.documentElement.lang = "en";
    const box = one("#question textarea");
    if (box && !box.hasAttribute("aria-label")) box.setAttribute("aria-label", "Question");
    for (const [tab, id] of Object.entries(panes)) {
      const pane = document.getElementById(id);
      if (!pane || pane.hasAttribute("role")) continue;
      pane.setAttribute("role", "tabpanel");
      pane.setAttribute("aria-labelledby", `tab-${tab}`);
    }
    const side = one("#side");
    if (side && !side.hasAttribute("role")) {
      side.setAttribute("role", "region");
      side.setAttribute("aria-label", "The clause chosen");
    }
    if (small.matches) {
      for (const list of document.querySelectorAll("details.instead:not([open])")) list.open = true;
    }
    for (const area of document.querySelectorAll("#side, .pane")) {
      if (!area.hasAttribute("tabindex") && area.scrollHeight > area.clientHeight + 1) area.tabIndex = 0;
    }
  }

  function look() {
    dress();
    const key = clause()?.dataset.key ?? null;
    if (key !== open) {
      const closed = key === null;
      open = key;
      behind(!closed);
      if (!closed) toTitle();
      else if (opener?.isConnected) opener.focus();
      address();
    }
    const asked = document.querySelectorAll("#log .turn");
    const last = asked[asked.length - 1];
    const state = last ? `${asked.length} ${last.hasAttribute("aria-busy")} ${last.dataset.asked}` : "";
    if (last && state !== turns && !turns.startsWith(`${asked.length} false`)) last.scrollIntoView({ block: "start", behavior: still.matches ? "auto" : "smooth" });
    if (state !== turns) address();
    turns = state;
    come();
    const now = one("#handed a[data-now]");
    if (now && !now.dataset.taken) {
      now.dataset.taken = "yes";
      now.click();
    }
    if (!ready && one("#as-of")?.value && one("#log .log") && one("#tabs [role=tab]") && one("#strip .since")) restore();
  }

  // What a button made below the fold comes into view, once.
  function come() {
    for (const part of document.querySelectorAll(":is(#draft-out, #check-out) :is(.working, .determination, .report, .failed)")) {
      if (met.has(part)) continue;
      met.add(part);
      if (part.getClientRects().length) part.scrollIntoView({ block: "start", behavior: still.matches ? "auto" : "smooth" });
    }
  }

  async function copy(words) {
    try {
      await navigator.clipboard.writeText(words);
    } catch {
      const area = document.createElement("textarea");
      area.value = words;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
  }

  function said(button, words) {
    const before = button.textContent;
    button.textContent = words;
    setTimeout(() => { if (button.isConnected) button.textContent = before; }, 1600);
  }

  function reach(id) {
    const place = document.getElementById(id);
    const folded = place?.closest("details");
    if (folded) folded.open = true;
    place?.scrollIntoView({ block: "center", behavior: still.matches ? "auto" : "smooth" });
    place?.focus({ preventScroll: true });
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button, [role=button]");
    if (!button) return;
    const told = button.dataset;
    if ("tab" in told) show(told.tab);
    else if ("copy" in told) copy(told.copy).then(() => said(button, "Copied"));
    else if ("link" in told) {
      const asked = button.closest(".turn")?.dataset.asked;
      const on = one("#as-of")?.value;
      const says = new URLSearchParams(asked ? { q: asked } : {});
      if (on && on !== today) says.set("on", on);
      copy(`${location.origin}${location.pathname}?${says}`).then(() => said(button, "Link copied"));
    } else if ("goto" in told) reach(told.goto);
    else if ("provision" in told && !button.closest("#clause")) {
      opener = button;
      if (open === `${told.provision} ${told.on}`) toTitle();
    }
  });
  document.addEventListener("keydown", (event) => {
    const on = event.target;
    if (event.key === "Escape") one("#clause [data-close]")?.click();
    else if ((event.key === "Enter" || event.key === " ") && on.matches?.("g[role=button]")) {
      event.preventDefault();
      on.dispatchEvent(new MouseEvent("click", { bubbles: true }));
    } else if (on.matches?.("#tabs [role=tab]")) {
      const all = [...document.querySelectorAll("#tabs [role=tab]")];
      const at = all.indexOf(on);
      const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      show(all[(to + all.length) % all.length].dataset.tab, true);
    }
  });
  for (const kind of ["dragover", "drop", "dragleave"]) {
    document.addEventListener(kind, (event) => {
      const zone = event.target.closest?.(".drop");
      if (!zone) return;
      event.preventDefault();
      zone.classList.toggle("over", kind === "dragover");
      const input = zone.querySelector("input[type=file]");
      if (kind === "drop" && input && event.dataTransfer?.files.length) {
        input.files = event.dataTransfer.files;
        input.dispatchEvent(new Event("change", { bubbles: true }));
      }
    });
  }
  document.addEventListener("change", (event) => {
    if (event.target.id === "as-of") address();
    const zone = event.target.closest?.(".drop");
    if (zone && event.target.files?.length) zone.querySelector("strong").textContent = event.target.files[0].name;
  });
  narrow.addEventListener("change", () => behind(open !== null));
  function start() {
    document.body.dataset.tab = "ask";
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributeFilter: ["data-key", "aria-busy", "value"] });
    look();
  }
  if (document.body) start();
  else addEventListener("DOMContentLoaded", start);
})();
