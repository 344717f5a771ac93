/* What every page may use. Everything works without it; ES2018, no framework.
   a[data-dialog=ID]      opens the dialog ID instead of following the link; [data-close] closes it
   form[data-once]        is sent once, however often the button is pressed, also after going back
   form[data-offline=KEY] is sent by fetch; when the line is down it waits, and goes once the line is back (idempotency_key)
   [data-keep=KEY]        inside such a form: what is typed is kept on this device until it has arrived
   [data-kept]            where that is said */
(function () {
  "use strict";
  document.documentElement.classList.add("js");

  var words = {};
  var actor = "";
  var waiting = new Set();

  function csrf() {
    var meta = document.querySelector("meta[name=csrf-token]");
    return meta ? meta.content : "";
  }

  /* Text of one person is never offered to the next one on the same device. */
  function slot(kind, key) { return "luoshi:" + actor + ":" + kind + ":" + key; }
  function recall(name) { try { return JSON.parse(localStorage.getItem(name)); } catch (_error) { return null; } }
  function keep(name, value) { try { localStorage.setItem(name, JSON.stringify(value)); return true; } catch (_error) { return false; } }
  function forget(name) { try { localStorage.removeItem(name); } catch (_error) { /* nothing was kept */ } }

  function say(form, text, waits) {
    var place = form.querySelector("[data-kept]");
    if (!place) return;
    place.textContent = text || "";
    place.hidden = !text;
    place.classList.toggle("due", Boolean(waits));
    if (waits) place.scrollIntoView({ block: "nearest" });
  }

  function lock(form, locked) {
    form.dataset.sent = locked ? "1" : "";
    form.setAttribute("aria-busy", locked ? "true" : "false");
  }

  /* Kept text */
  function keptFields(form) { return Array.from(form.querySelectorAll("[data-keep]")); }

  function restore(form) {
    var sent = recall(slot("sent", form.dataset.offline));
    var found = false;
    keptFields(form).forEach(function (field) {
      var text = recall(slot("text", field.dataset.keep));
      if (text === null || text === field.value || (field.value && !sent)) return;
      field.value = text;
      found = true;
    });
    if (sent && form.elements.idempotency_key) {
      /* It may have arrived although no answer came: the old key makes the second sending harmless. */
      form.elements.idempotency_key.value = sent.key;
      if (sent.files) say(form, words.files, true); else deliver(form);
    } else if (found) say(form, words.restored);
  }

  function clear(form) {
    keptFields(form).forEach(function (field) { forget(slot("text", field.dataset.keep)); });
    forget(slot("sent", form.dataset.offline));
  }

  /* Sending where the line may be down */
  function hasFiles(form) {
    return Array.from(form.querySelectorAll("input[type=file]")).some(function (input) { return input.files.length > 0; });
  }

  function wait(form) {
    waiting.add(form);
    lock(form, false);
    say(form, words.waiting, true);
  }

  function showAnswer(form, html) {
    var page = new DOMParser().parseFromString(html, "text/html");
    var fresh = page.getElementById("main");
    var main = document.getElementById("main");
    if (!fresh || !main) return say(form, words.refused, true);
    main.replaceWith(fresh);
    var wrong = fresh.querySelector("[aria-invalid=true], [role=alert]");
    (wrong || fresh).focus();
  }

  function deliver(form, submitter) {
    if (form.dataset.sent) return;
    waiting.delete(form);
    lock(form, true);
    say(form, words.sending);
    var data = new FormData(form);
    if (submitter && submitter.name) data.append(submitter.name, submitter.value);
    keptFields(form).forEach(function (field) { keep(slot("text", field.dataset.keep), field.value); });
    keep(slot("sent", form.dataset.offline), { key: data.get("idempotency_key"), files: hasFiles(form), page: location.pathname });
    fetch(form.action, { method: "POST", body: data, redirect: "manual", credentials: "same-origin", headers: { "X-CSRFToken": csrf() } })
      .then(function (answer) {
        if (answer.type === "opaqueredirect") { clear(form); location.assign(form.dataset.then || location.href); return null; }
        if (answer.status === 0 || answer.status >= 500 || answer.status === 429) { lock(form, false); return say(form, words.refused, true); }
        forget(slot("sent", form.dataset.offline));
        return answer.text().then(function (html) { lock(form, false); showAnswer(form, html); });
      })
      .catch(function () { wait(form); });
  }

  function tryAgain() { Array.from(waiting).forEach(function (form) { if (form.isConnected) deliver(form); else waiting.delete(form); }); }

  /* Going back loads the form with a fresh key. What is then sent unchanged is the same sending and takes its old key;
     what was changed is another one. The history entry remembers, so a form opened anew knows nothing of it. */
  function fingerprint(form, submitter) {
    var said = [form.action, submitter ? submitter.value : ""];
    new FormData(form).forEach(function (value, name) {
      if (name !== "idempotency_key" && name !== "csrfmiddlewaretoken") said.push(name, value.name === undefined ? value : value.name + value.size);
    });
    var sum = 0;
    said = said.join("\n");
    for (var at = 0; at < said.length; at += 1) sum = (sum * 31 + said.charCodeAt(at)) | 0;
    return said.length + ":" + sum;
  }

  function takeKey(form, submitter) {
    var field = form.elements.idempotency_key;
    if (!field) return;
    var print = fingerprint(form, submitter);
    var before = history.state && history.state.sent;
    if (before && before.print === print) field.value = before.key;
    else history.replaceState(Object.assign({}, history.state, { sent: { print: print, key: field.value } }), "");
  }

  /* Listening */
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.dataset.offline) { event.preventDefault(); deliver(form, event.submitter); return; }
    if (!("once" in form.dataset) || event.defaultPrevented) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    takeKey(form, event.submitter);
    lock(form, true);
  });

  document.addEventListener("input", function (event) {
    var field = event.target;
    if (!field.dataset || !field.dataset.keep) return;
    var kept = keep(slot("text", field.dataset.keep), field.value);
    if (field.form) say(field.form, kept && field.value ? words.kept : "");
  });

  document.addEventListener("click", function (event) {
    var link = event.target.closest("[data-dialog], [data-close]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    var dialog = "close" in link.dataset ? link.closest("dialog") : document.getElementById(link.dataset.dialog);
    if (!dialog || !dialog.showModal) return;
    event.preventDefault();
    if (dialog.open) dialog.close(); else dialog.showModal();
  });

  document.addEventListener("change", function (event) {
    var form = event.target.form;
    if (form && "auto" in form.dataset) form.requestSubmit();
  });

  /* An open menu closes on a click elsewhere and on Escape. */
  function closeMenus(except) {
    document.querySelectorAll("details.who[open], details.drop[open]").forEach(function (menu) { if (!except || !menu.contains(except)) menu.open = false; });
  }
  document.addEventListener("click", function (event) { closeMenus(event.target); });
  document.addEventListener("keydown", function (event) { if (event.key === "Escape") closeMenus(null); });

  document.addEventListener("htmx:configRequest", function (event) { event.detail.headers["X-CSRFToken"] = csrf(); });
  ["htmx:sendError", "htmx:responseError"].forEach(function (name) {
    document.addEventListener(name, function (event) {
      var place = document.getElementById("messages");
      var answer = event.detail && event.detail.xhr;
      if (!place || (answer && answer.getResponseHeader && answer.getResponseHeader("X-Luoshi-Said"))) return;
      var line = document.createElement("p");
      line.className = "message error";
      line.textContent = words.unsaved;
      place.replaceChildren(line);
      place.scrollIntoView({ block: "nearest" });
    });
  });

  /* On the coverage: the sentence of which the aside tells is marked, and kept clear of it. */
  document.addEventListener("htmx:afterSwap", function (event) {
    var asked = event.detail.requestConfig.elt;
    if (event.detail.target.id !== "aside" || !asked.matches(".duty")) return;
    document.querySelectorAll(".duty[aria-current]").forEach(function (mark) { mark.removeAttribute("aria-current"); });
    document.querySelectorAll(".duty").forEach(function (mark) { if (mark.href === asked.href) mark.setAttribute("aria-current", "true"); });
    event.detail.target.scrollTop = 0;
    asked.scrollIntoView({ block: "nearest" });
  });

  window.addEventListener("online", tryAgain);
  window.setInterval(tryAgain, 20000); /* `online` is not told on every phone */
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) document.querySelectorAll("form[data-sent]").forEach(function (form) { lock(form, false); });
  });

  document.addEventListener("DOMContentLoaded", function () {
    var spoken = document.getElementById("words");
    words = spoken ? spoken.dataset : {};
    actor = document.body.dataset.actor || "";
    if (actor) document.querySelectorAll("form[data-offline]").forEach(restore);
  });
  window.luoshi = { csrf: csrf, word: function (name) { return words[name] || ""; } };
})();
