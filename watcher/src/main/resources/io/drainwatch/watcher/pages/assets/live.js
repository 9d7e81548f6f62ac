// Keeps a page up to date. <main id="live" data-fragment data-stream> holds one element that the
// server renders, with data-title, data-say (a sentence for screen readers), data-now (the server's
// clock, in ms), data-version, and data-every (in s: fetch again anyhow; empty: not). After each
// event of the stream the fragment is fetched and put in place node by node, so that focus, scroll
// positions, selections and what somebody has opened stay. [data-until] and [data-since] (in ms)
// are counted here. A fragment with an ETag is sent again only when it has changed. What is filled
// into a form[data-live] goes into the address, and the fragment is fetched with it.
(() => {
  "use strict";
  const live = document.getElementById("live");
  const mark = document.getElementById("connection");
  const said = document.getElementById("said");
  const RETRY = [1000, 2000, 5000, 10000]; // ms
  const SILENCE = 40000; // ms; the stream says something each 15 s
  const LIMIT = 10000; // ms; for one fetch
  const GATHER = 50; // ms; events often come in a bunch
  const TYPING = 200; // ms
  let offset = 0; // the server's clock less ours, in ms
  let source = null;
  let tries = 0;
  let fetching = false;
  let again = false;
  let heard = Date.now();
  let streamIsOpen = false;
  let retryTimer = 0;
  let everyTimer = 0;
  let gatherTimer = 0;
  let typingTimer = 0;
  let seen = { search: "", tag: null }; // what is shown, by the server's word

  const duration = (ms) => {
    const s = Math.floor(ms / 1000);
    const and = (rest, unit) => (rest ? " " + rest + unit : "");
    if (s >= 86400) return Math.floor(s / 86400) + " d" + and(Math.floor(s / 3600) % 24, " h");
    if (s >= 3600) return Math.floor(s / 3600) + " h" + and(Math.floor(s / 60) % 60, " min");
    if (s >= 60) return Math.floor(s / 60) + " min" + and(s % 60, " s");
    return s + " s";
  };

  const tick = () => {
    const now = Date.now() + offset;
    for (const each of live.querySelectorAll("[data-until]")) {
      const left = Number(each.dataset.until) - now;
      put(each, left < 0 ? "passed " + duration(-left) + " ago" : duration(left) + " left");
    }
    for (const each of live.querySelectorAll("[data-since]")) {
      put(each, duration(Math.max(0, now - Number(each.dataset.since))));
    }
  };

  const put = (element, text) => {
    if (element.textContent !== text) element.textContent = text;
  };

  const localTimes = () => {
    for (const each of document.querySelectorAll("time[datetime]")) {
      const at = new Date(each.dateTime);
      if (!Number.isNaN(at.getTime())) each.title = at.toLocaleString() + " where you are";
    }
  };

  const isSame = (have, want) =>
    have.nodeType === want.nodeType && have.nodeName === want.nodeName &&
    (have.id || "") === (want.id || "");

  const attributes = (have, want) => {
    const isDetails = have.nodeName === "DETAILS"; // open or not is the reader's choice
    for (const name of have.getAttributeNames()) {
      if (!want.hasAttribute(name) && !(isDetails && name === "open")) have.removeAttribute(name);
    }
    for (const name of want.getAttributeNames()) {
      if (isDetails && name === "open") continue;
      if (have.getAttribute(name) !== want.getAttribute(name)) {
        have.setAttribute(name, want.getAttribute(name));
      }
    }
  };

  const replace = (have, want) => {
    if (have.nodeType !== Node.ELEMENT_NODE) {
      if (have.data !== want.data) have.data = want.data;
      return;
    }
    const wasAtEnd = have.scrollHeight - have.scrollTop - have.clientHeight < 4;
    attributes(have, want);
    children(have, want);
    if (wasAtEnd && have.classList.contains("output")) have.scrollTop = have.scrollHeight;
  };

  const children = (have, want) => {
    const byId = new Map();
    for (const each of have.children) if (each.id) byId.set(each.id, each);
    const wanted = new Set([...want.children].map((each) => each.id).filter(Boolean));
    let at = have.firstChild;
    const drop = () => {
      const gone = at;
      at = at.nextSibling;
      gone.remove();
    };
    for (const next of [...want.childNodes]) {
      const known = (next.id && byId.get(next.id)) || null;
      if (known && isSame(known, next)) {
        // what is in between goes; to move what stays would take the focus from it
        while (at && at !== known && !wanted.has(at.id)) drop();
        if (at !== known) have.insertBefore(known, at);
        at = known.nextSibling;
        replace(known, next);
      } else if (at && isSame(at, next)) {
        const same = at;
        at = at.nextSibling;
        replace(same, next);
      } else {
        have.insertBefore(document.importNode(next, true), at);
      }
    }
    while (at) drop();
  };

  const take = () => {
    const view = live.firstElementChild;
    if (!view) return;
    if (view.dataset.version && view.dataset.version !== document.body.dataset.version) {
      location.reload(); // another version of us has other styles and another script
      return;
    }
    if (view.dataset.now) offset = Number(view.dataset.now) - Date.now();
    if (view.dataset.title) document.title = view.dataset.title;
    put(said, view.dataset.say || "");
    schedule();
    tick();
    localTimes();
  };

  const schedule = () => {
    clearTimeout(everyTimer);
    const every = Number(live.firstElementChild && live.firstElementChild.dataset.every);
    if (every > 0 && !document.hidden) everyTimer = setTimeout(refresh, every * 1000);
  };

  const show = (is, text) => {
    mark.dataset.is = is;
    put(mark, text);
  };

  const isConnected = () => {
    if (!live.dataset.stream || streamIsOpen) show("live", "live");
  };

  const isLost = () => {
    const at = new Date(heard).toLocaleTimeString();
    show("lost", "Not connected: what you see is of " + at + ". Trying again.");
  };

  const refresh = async () => {
    if (fetching) {
      again = true;
      return;
    }
    fetching = true;
    try {
      const search = location.search;
      const answer = await fetch(live.dataset.fragment + search, {
        cache: "no-store",
        credentials: "same-origin",
        headers: seen.tag && seen.search === search ? { "If-None-Match": seen.tag } : {},
        signal: AbortSignal.timeout(LIMIT),
      });
      if (answer.status === 304) {
        schedule();
      } else {
        if (!answer.ok) throw new Error("status " + answer.status);
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        children(live, page.body);
        seen = { search, tag: answer.headers.get("ETag") };
        take();
      }
      heard = Date.now();
      if (!live.dataset.stream) tries = 0;
      isConnected();
    } catch (e) {
      isLost();
      if (!live.dataset.stream) {
        clearTimeout(everyTimer);
        everyTimer = setTimeout(refresh, RETRY[Math.min(tries++, RETRY.length - 1)]);
      } else {
        reconnect();
      }
    } finally {
      fetching = false;
    }
    if (again) {
      again = false;
      refresh();
    }
  };

  const soon = () => {
    clearTimeout(gatherTimer);
    gatherTimer = setTimeout(refresh, GATHER);
  };

  const ask = (form) => {
    clearTimeout(typingTimer);
    const words = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value) words.append(name, value);
    const text = words.toString();
    history.replaceState(null, "", text ? "?" + text : location.pathname);
    refresh();
  };

  const formOf = (event) => event.target instanceof Element && event.target.closest("form[data-live]");

  document.addEventListener("input", (event) => {
    const form = formOf(event);
    if (!form) return;
    clearTimeout(typingTimer);
    typingTimer = setTimeout(() => ask(form), TYPING);
  });
  document.addEventListener("submit", (event) => {
    const form = formOf(event);
    if (!form) return;
    event.preventDefault();
    ask(form);
  });

  const disconnect = () => {
    clearTimeout(retryTimer);
    streamIsOpen = false;
    if (source) source.close();
    source = null;
  };

  const reconnect = () => {
    disconnect();
    retryTimer = setTimeout(connect, RETRY[Math.min(tries++, RETRY.length - 1)]);
  };

  const connect = () => {
    disconnect();
    if (!live.dataset.stream || document.hidden) return;
    source = new EventSource(live.dataset.stream);
    source.onopen = () => {
      tries = 0;
      heard = Date.now();
      streamIsOpen = true;
    };
    source.onerror = () => {
      isLost();
      reconnect();
    };
    source.addEventListener("keepalive", () => {
      heard = Date.now();
      isConnected();
    });
    for (const name of ["status", "transition", "notice", "script-started", "script-ended",
      "acknowledgement", "ended"]) {
      source.addEventListener(name, soon); // the first is the status: it brings the page up to date
    }
  };

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      disconnect(); // so many may listen and no more
      clearTimeout(everyTimer);
    } else {
      tries = 0;
      refresh();
      connect();
    }
  });
  setInterval(() => {
    tick();
    if (source && Date.now() - heard > SILENCE) {
      isLost();
      heard = Date.now();
      reconnect();
    }
  }, 1000);
  take();
  if (!live.dataset.stream) show("live", "live");
  connect();
})();
