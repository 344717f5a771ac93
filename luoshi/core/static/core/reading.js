/* The reading screen: the sentence at the left and its card at the right select each other; acts by key.
   Keys only press what is on the page: a button or link with data-key, inside the selected card, or anywhere.
   With several cards ticked, a press on a [data-many] button sends the form #many with their ids instead. */
(function () {
  "use strict";
  var current = null; /* id of the selected draft: survives every swap */
  var list = function () { return document.getElementById("drafts"); };
  var cards = function () { return Array.from(document.querySelectorAll("article.draft")); };
  var card = function (id) { return id === null ? null : document.querySelector('article.draft[data-draft="' + id + '"]'); };
  var marks = function (id) { return Array.from(document.querySelectorAll('.duty[data-draft="' + id + '"]')); };
  var ticked = function () { return cards().filter(function (one) { return one.querySelector(".pick input:checked"); }); };
  var calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  var anchor = null; /* id of the draft ticked last, where a range begins */
  var held = []; /* ids ticked while an answer redraws their cards */
  var begun = false; /* the first scroll is a jump, not a ride */

  function say(text) {
    var place = document.getElementById("heard");
    if (place) place.textContent = text;
  }

  function near(element) { if (element) element.scrollIntoView({ block: "nearest", behavior: calm || !begun ? "auto" : "smooth" }); }

  /* On a low screen the text does not scroll by itself; moving it would carry the card away. */
  function nearText(mark) {
    var text = document.getElementById("text");
    if (mark && text && getComputedStyle(text).overflowY !== "visible") near(mark);
  }

  function paint() {
    document.querySelectorAll(".draft.selected, .duty.selected").forEach(function (one) { one.classList.remove("selected"); });
    var one = card(current);
    if (!one) return;
    one.classList.add("selected");
    marks(current).forEach(function (mark) { mark.classList.add("selected"); });
  }

  function select(id, options) {
    var one = card(id);
    if (!one) return;
    current = id;
    paint();
    if (!options || options.scroll !== false) { near(one); nearText(marks(id)[0]); }
    if (!options || options.focus !== false) one.focus({ preventScroll: true });
    say(one.getAttribute("aria-label") || one.textContent.trim());
  }

  function step(by) {
    var all = cards();
    if (!all.length) return;
    var at = all.indexOf(card(current));
    var next = all[Math.max(0, Math.min(all.length - 1, at < 0 ? 0 : at + by))];
    select(next.dataset.draft);
  }

  /* The mark wears what its card says, so an answer need not send the text again. */
  function match() {
    cards().forEach(function (one) {
      marks(one.dataset.draft).forEach(function (mark) {
        mark.classList.remove("unset", "set", "standing", "dropped");
        mark.classList.add(one.dataset.look);
      });
    });
  }

  function tick() {
    var one = card(current);
    if (!one || !list()) return;
    list().classList.add("picking");
    var box = one.querySelector(".pick input");
    box.checked = !box.checked;
    anchor = box.checked ? current : null;
    told();
  }

  /* Everything from the card ticked last up to this one. */
  function tickUpTo() {
    var all = cards();
    var here = all.indexOf(card(current));
    var from = all.indexOf(card(anchor));
    if (here < 0 || from < 0) { tick(); return; }
    all.slice(Math.min(here, from), Math.max(here, from) + 1).forEach(function (one) { one.querySelector(".pick input").checked = true; });
    told();
  }

  function told() {
    var number = ticked().length;
    if (list()) list().classList.toggle("picking", number > 0 || list().classList.contains("picking"));
    var place = document.getElementById("picked");
    var text = number ? window.luoshi.word("selected").replace("{n}", number) : "";
    if (place) { place.textContent = text; place.hidden = !number; }
    if (text) say(text);
  }

  function untick() {
    ticked().forEach(function (one) { one.querySelector(".pick input").checked = false; });
    list().classList.remove("picking");
    told();
  }

  function refocus() {
    var one = card(current);
    if (one && (document.activeElement === document.body || !document.activeElement)) one.focus({ preventScroll: true });
  }

  function ids() {
    var many = ticked();
    if (many.length) return many.map(function (one) { return one.dataset.draft; });
    return current === null ? [] : [current];
  }

  function fill(form) {
    form.querySelectorAll("input[name=draft]").forEach(function (old) { old.remove(); });
    ids().forEach(function (id) {
      var input = document.createElement("input");
      input.type = "hidden"; input.name = "draft"; input.value = card(id).dataset.ref || id; /* with the revision seen */
      form.appendChild(input);
    });
  }

  /* One dialog for unit and day each, shared by all cards: filled with the ids it is about. */
  function openShared(link) {
    var dialog = document.getElementById(link.dataset.shared);
    if (!dialog || !dialog.showModal || dialog.open) return false;
    var own = link.closest("article.draft");
    if (own && own.dataset.draft !== current) select(own.dataset.draft, { focus: false });
    var form = dialog.querySelector("form");
    form.reset();
    form.querySelectorAll(".message.error").forEach(function (old) { old.remove(); });
    fill(form);
    var one = card(current);
    var alone = ids().length === 1 && one;
    dialog.querySelectorAll("[data-from]").forEach(function (field) { field.value = alone ? one.dataset[field.dataset.from] || "" : ""; });
    var about = dialog.querySelector("[data-about]");
    if (about) about.textContent = alone ? one.querySelector("h3").textContent.trim() : window.luoshi.word("selected").replace("{n}", ids().length);
    dialog.showModal();
    var first = dialog.querySelector('[data-first="' + (link.dataset.field || "") + '"]') || dialog.querySelector("[data-first]");
    if (first) { first.focus(); if (first.select) first.select(); }
    return true;
  }

  function pressMany(button) {
    var form = document.getElementById("many");
    if (!form || !("many" in button.dataset) || ticked().length < 2) return false;
    var act = form.querySelector("input[name=act]");
    act.disabled = false;
    act.value = button.value; /* the ticked boxes are already of this form */
    form.requestSubmit();
    return true;
  }

  function press(key) {
    var sought = '[data-key="' + key + '"]:not(:disabled)';
    var target = card(current) && card(current).querySelector(sought);
    /* Where one of several offers no such act, another of them does. */
    ticked().forEach(function (one) { target = target || one.querySelector(sought); });
    target = target || document.querySelector('.bar [data-key="' + key + '"]');
    if (!target) return false;
    target.click();
    return true;
  }

  document.addEventListener("click", function (event) {
    var shared = event.target.closest("[data-shared]");
    if (shared && openShared(shared)) { event.preventDefault(); return; }
    var act = event.target.closest("article.draft button[data-many]");
    if (act && pressMany(act)) { event.preventDefault(); return; }
    var mark = event.target.closest(".duty[data-draft]");
    if (mark) { event.preventDefault(); select(mark.dataset.draft); return; }
    var one = event.target.closest("article.draft");
    if (!one || event.target.closest("button, input, label, select, summary")) return;
    if (event.target.closest("h3 a")) event.preventDefault();
    if (!event.target.closest("a") || event.defaultPrevented) select(one.dataset.draft);
  });

  document.addEventListener("focusin", function (event) {
    var one = event.target.closest("article.draft");
    if (one && one.dataset.draft !== current) select(one.dataset.draft, { focus: false });
  });
  document.addEventListener("change", function (event) { if (event.target.closest(".pick")) told(); });

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || document.querySelector("dialog[open]")) return;
    var place = event.target;
    var writing = place.isContentEditable || (place.matches && place.matches("input:not([type=checkbox]), textarea, select"));
    if (writing) return;
    var key = event.key.toLowerCase();
    var done = true;
    if (key === "arrowdown" || key === "j") step(event.shiftKey ? -1 : 1);
    else if (key === "arrowup") step(-1);
    else if (key === "x") (event.shiftKey ? tickUpTo : tick)();
    else if (key === "escape") untick();
    else if (key === "?") { var help = document.getElementById("key-help"); if (help) help.showModal(); }
    else if (/^[kdmsuta]$/.test(key)) done = press(key);
    else done = false;
    if (done) event.preventDefault();
  });

  /* A refusal is told inside the open dialog, where the words still stand; two texts need the page. */
  function refused(dialog) {
    var place = document.getElementById("messages");
    if (!dialog || !place) return;
    if (place.querySelector("form")) { dialog.close(); return; }
    var line = dialog.querySelector(".message.error") || document.createElement("p");
    line.className = "message error";
    line.setAttribute("role", "alert");
    line.textContent = place.textContent.trim();
    dialog.querySelector("form").prepend(line);
  }

  /* After an answer: the same card stays selected, or the one it was merged into, which stands before it. */
  var place = 0;
  document.addEventListener("htmx:beforeSwap", function (event) {
    var answer = event.detail.xhr;
    if (answer && answer.getResponseHeader("X-Luoshi-Said")) event.detail.shouldSwap = true; /* a refusal says why */
    place = Math.max(0, cards().indexOf(card(current)));
    held = ticked().map(function (one) { return one.dataset.draft; });
  });
  document.addEventListener("htmx:afterRequest", function (event) {
    if (!event.detail.successful) {
      refused(document.querySelector("dialog[open]"));
      return;
    }
    var form = event.detail.requestConfig.elt; /* not the target: the answer may have replaced the form */
    var dialog = form.closest("dialog[open]");
    if (dialog) { dialog.close(); paint(); refocus(); }
    var pressed = event.detail.requestConfig.triggeringEvent;
    var button = pressed && pressed.submitter;
    if (button && "next" in button.dataset) step(1); /* K and D are the end of a card */
    if (form.id === "many") { held = []; untick(); } /* after unit or day the same cards wait for the next act */
  });
  document.addEventListener("htmx:afterSettle", function () {
    match();
    held.map(card).forEach(function (one) { if (one) one.querySelector(".pick input").checked = true; });
    held = [];
    told();
    if (!card(current)) { var all = cards(); if (all.length) current = all[Math.max(0, Math.min(place - 1, all.length - 1))].dataset.draft; }
    paint();
    refocus();
  });
  document.addEventListener("DOMContentLoaded", function () {
    var named = document.querySelector("article.draft.selected") || card((location.hash.match(/^#[ds]-(\d+)/) || [])[1] || null);
    var chosen = named || cards()[0];
    match();
    if (chosen) select(chosen.dataset.draft, { focus: false, scroll: Boolean(named) });
    begun = true;
  });
})();
