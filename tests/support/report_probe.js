// Looks at a report as a reader would and says what is wrong. Put into a copy of it by
// tests/report_browser.rs, after the report's own script.
(function () {
  "use strict";
  var wrong = [];
  function note(what) {
    if (wrong.length < 40) wrong.push(what);
  }
  function visible(element) {
    if (!element.checkVisibility({ visibilityProperty: true })) return false;
    return !element.closest("title, script, style");
  }
  function brief(text) {
    return text.trim().replace(/\s+/g, " ").slice(0, 60);
  }

  // Every piece of text with its boxes, cut to what its scrolling frame shows.
  function texts() {
    var found = [];
    var walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      var node = walker.currentNode;
      var parent = node.parentElement;
      if (!node.data.trim() || !visible(parent) || parent.closest(".skip")) continue;
      var frame = parent.closest(".scroll");
      var limit = frame && frame.getBoundingClientRect();
      var range = document.createRange();
      range.selectNodeContents(node);
      Array.from(range.getClientRects()).forEach(function (box) {
        var left = limit ? Math.max(box.left, limit.left) : box.left;
        var right = limit ? Math.min(box.right, limit.right) : box.right;
        if (right - left > 2 && box.height > 2) {
          found.push({ node: node, framed: !!frame, left: left, right: right, top: box.top, bottom: box.bottom });
        }
      });
    }
    return found;
  }

  function geometry(all) {
    var width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth > width) {
      note("the page is " + document.documentElement.scrollWidth + " wide in a window of " + width);
    }
    all.forEach(function (text) {
      if (!text.framed && (text.left < -1 || text.right > width + 1)) {
        note("text leaves the window: " + brief(text.node.data));
      }
    });
    var sorted = all.slice().sort(function (a, b) {
      return a.top - b.top;
    });
    sorted.forEach(function (a, n) {
      for (var m = n + 1; m < sorted.length && sorted[m].top < a.bottom; m++) {
        var b = sorted[m];
        if (a.node === b.node) continue;
        var x = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        var y = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        // Lines of text may touch: their boxes are higher than their letters.
        if (x > 2 && y > 0.35 * Math.min(a.bottom - a.top, b.bottom - b.top)) {
          note("texts overlap: " + brief(a.node.data) + " / " + brief(b.node.data));
        }
      }
    });
    document.querySelectorAll("p, li, th, td, dt, dd, h1, h2, h3, h4, caption, summary, label, button, figcaption").forEach(function (element) {
      if (visible(element) && element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== "inline") {
        note("text leaves its box: " + brief(element.textContent));
      }
    });
    document.querySelectorAll(".cell").forEach(function (cell) {
      var text = cell.querySelector("text");
      if (!text || !visible(text)) return;
      var inner = text.getBoundingClientRect();
      var outer = cell.querySelector("rect").getBoundingClientRect();
      if (inner.left < outer.left || inner.right > outer.right) note("a figure leaves its cell: " + text.textContent);
    });
  }

  // Contrast by WCAG 2.
  var canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  function rgba(colour) {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return Array.from(canvas.getImageData(0, 0, 1, 1).data);
  }
  function luminance(colour) {
    var part = colour.slice(0, 3).map(function (value) {
      value /= 255;
      return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    });
    return 0.2126 * part[0] + 0.7152 * part[1] + 0.0722 * part[2];
  }
  function background(element) {
    for (var at = element; at; at = at.parentElement) {
      var colour = rgba(getComputedStyle(at).backgroundColor);
      if (colour[3] === 255) return colour;
    }
    return [255, 255, 255, 255];
  }
  function contrast(all) {
    var seen = new Set();
    var least = 100;
    all.forEach(function (text) {
      var parent = text.node.parentElement;
      if (seen.has(parent)) return;
      seen.add(parent);
      var style = getComputedStyle(parent);
      var inside = parent instanceof SVGElement;
      var front = rgba(inside ? style.fill : style.color);
      var cell = parent.closest(".cell");
      var back = cell ? rgba(getComputedStyle(cell.querySelector("rect")).fill) : background(parent);
      var one = luminance(front) + 0.05;
      var other = luminance(back) + 0.05;
      var ratio = Math.max(one, other) / Math.min(one, other);
      least = Math.min(least, ratio);
      if (ratio < 4.5) note("contrast " + ratio.toFixed(2) + ": " + brief(text.node.data) + " in " + (cell ? cell.getAttribute("class") : parent.tagName));
    });
    return least;
  }

  // Lines that have to be seen: 3 to 1 by WCAG 2.1, 1.4.11.
  function lines() {
    var seen = 0;
    document.querySelectorAll(".network path.line").forEach(function (line) {
      if (!visible(line)) return;
      var style = getComputedStyle(line);
      var front = rgba(style.stroke);
      var back = background(line);
      var strength = Number(style.strokeOpacity) * Number(style.opacity);
      front = front.map(function (part, n) {
        return strength * part + (1 - strength) * back[n];
      });
      var one = luminance(front) + 0.05;
      var other = luminance(back) + 0.05;
      var ratio = Math.max(one, other) / Math.min(one, other);
      if (ratio < 3) note("a line has a contrast of " + ratio.toFixed(2) + ": " + line.getAttribute("class"));
      if (parseFloat(style.strokeWidth) < 1) note("a line is " + style.strokeWidth + " wide");
      seen += 1;
    });
    return seen;
  }

  // Charts that are there for their figures: all of these are in sight, at any width.
  function figures() {
    var read = 0;
    document.querySelectorAll("figure[data-chart=outcomes], figure[data-chart=differences], figure[data-chart=isolation], figure[data-chart=alignment]").forEach(function (figure) {
      var shown = Array.from(figure.querySelectorAll("svg")).filter(visible);
      if (shown.length !== 1) note(shown.length + " drawings of the chart " + figure.dataset.chart);
      shown.forEach(function (svg) {
        var frame = svg.parentElement;
        var limit = frame.getBoundingClientRect();
        if (frame.scrollWidth > frame.clientWidth + 1) note("the chart " + figure.dataset.chart + " is wider than its frame");
        svg.querySelectorAll("text").forEach(function (text) {
          var box = text.getBoundingClientRect();
          if (box.left < limit.left || box.right > limit.right) note("out of sight: " + brief(text.textContent));
          if (box.height < 9) note("too small to be read: " + brief(text.textContent));
          read += 1;
        });
      });
    });
    return read;
  }

  function structure() {
    var level = 0;
    document.querySelectorAll("h1, h2, h3, h4").forEach(function (heading) {
      var next = Number(heading.tagName[1]);
      if (next > level + 1) note("a heading skips a level: " + brief(heading.textContent));
      level = next;
    });
    if (document.querySelectorAll("h1").length !== 1) note("not one h1");
    ["header", "nav", "main", "footer"].forEach(function (landmark) {
      if (document.querySelectorAll("body > " + landmark).length !== 1) note("not one " + landmark);
    });
    document.querySelectorAll("svg").forEach(function (svg) {
      if (svg.getAttribute("role") !== "img" || !svg.getAttribute("aria-label")) note("a drawing without a text alternative");
      var box = svg.getBoundingClientRect();
      if (visible(svg) && (box.width < 100 || box.height < 20)) note("a drawing without size");
    });
    document.querySelectorAll("table").forEach(function (table) {
      if (!table.caption || !table.caption.textContent.trim()) note("a table without a caption");
    });
    document.querySelectorAll("th").forEach(function (heading) {
      if (!heading.scope) note("a heading of a table without a scope: " + brief(heading.textContent));
    });
    document.querySelectorAll("input").forEach(function (input) {
      if (!input.labels.length || !input.labels[0].textContent.trim()) note("a field without a label");
    });
    var ids = Array.from(document.querySelectorAll("[id]"), function (element) {
      return element.id;
    });
    if (new Set(ids).size !== ids.length) note("an id stands twice");
    document.querySelectorAll("a[href^='#']").forEach(function (link) {
      if (!document.getElementById(link.hash.slice(1))) note("a link to nothing: " + link.hash);
    });
    document.querySelectorAll("[aria-labelledby]").forEach(function (element) {
      if (!document.getElementById(element.getAttribute("aria-labelledby"))) note("a label that is not there");
    });
    var reachable = document.querySelectorAll("a, button, input, summary, [tabindex='0']");
    if (!reachable[0].matches(".skip")) note("the first stop of the keyboard is not the skip link");
    reachable.forEach(function (element) {
      if (element.tabIndex !== 0) note("out of reach of the keyboard: " + brief(element.textContent));
      if (visible(element) && !element.matches(".skip")) {
        element.focus();
        if (document.activeElement !== element) note("takes no focus: " + brief(element.textContent));
      }
    });
    document.activeElement.blur();
  }

  function look(cell) {
    return [cell.getAttribute("class"), cell.querySelector("title").textContent, cell.textContent].join("|");
  }

  // What every figure over dates does.
  function sliders() {
    var figures = Array.from(document.querySelectorAll("figure[data-dates]"), slider);
    return figures.length ? figures.join("; ") : "none";
  }

  // Moves a slider from end to end: its ends are the two drawings that stand side by side without it.
  function slider(figure) {
    var sides = figure.querySelectorAll(".side");
    var input = figure.querySelector("input[type=range]");
    if (!visible(input)) return "hidden, " + Array.from(sides).filter(visible).length + " sides";
    var cells = function (side) {
      return Array.from(side.querySelectorAll(".cell, .link"), look);
    };
    var moved = sides[sides.length - 1];
    var end = cells(moved);
    var start = cells(sides[0]);
    var before = moved.querySelector("svg").getAttribute("aria-label");
    function move(to) {
      input.value = to;
      input.dispatchEvent(new Event("input", { bubbles: true }));
    }
    move(0);
    if (cells(moved).join() !== start.join()) note("the slider at its start does not show the first date");
    if (moved.querySelector("svg").getAttribute("aria-label") === before) note("the slider leaves the text alternative");
    var first = figure.dataset.dates.split("|")[0];
    if (moved.querySelector(".date").textContent !== first) note("the slider leaves the date that is printed");
    if (!moved.querySelector(".scroll").getAttribute("aria-label").endsWith(first)) note("the slider leaves the name of the region");
    if (input.getAttribute("aria-valuetext") !== figure.dataset.dates.split("|")[0]) note("the slider does not say its date");
    var changed = start.filter(function (cell, n) {
      return cell !== end[n];
    }).length;
    move(Math.floor(Number(input.max) / 2));
    move(input.max);
    if (cells(moved).join() !== end.join()) note("the slider does not come back");
    return changed > 0 ? "moves" : "still";
  }

  function column(table, at) {
    return Array.from(table.tBodies[0].rows, function (row) {
      var cell = row.cells[at];
      var key = cell.dataset.key;
      if (key === undefined) return cell.textContent.trim();
      return Number.isNaN(Number(key)) ? key : Number(key);
    });
  }

  function ordered(values, sign) {
    return values.every(function (value, n) {
      if (n === 0) return true;
      var before = values[n - 1];
      var order = typeof value === "number" ? before - value : before.localeCompare(value, "en");
      return sign * order <= 0;
    });
  }

  // Sorts every table by each column that has one kind of value, down and up.
  function sorting() {
    var sorted = 0;
    document.querySelectorAll("table.data").forEach(function (table) {
      table.querySelectorAll("thead th").forEach(function (heading, at) {
        var button = heading.querySelector("button");
        var values = column(table, at);
        var kinds = new Set(values.map(function (value) { return typeof value; }));
        var plain = values.every(function (value) {
          return typeof value === "number" || (value !== "" && Number.isNaN(Number(value)));
        });
        if (!button || kinds.size !== 1 || !plain) return;
        button.click();
        if (heading.getAttribute("aria-sort") !== "ascending" || !ordered(column(table, at), 1)) note("not sorted up: " + brief(heading.textContent));
        button.click();
        if (heading.getAttribute("aria-sort") !== "descending" || !ordered(column(table, at), -1)) note("not sorted down: " + brief(heading.textContent));
        if (column(table, at).length !== values.length) note("sorting loses rows");
        sorted += 1;
      });
    });
    return sorted;
  }

  function filtering() {
    var filtered = 0;
    document.querySelectorAll(".filter input").forEach(function (field) {
      var rows = Array.from(field.closest(".table").querySelectorAll("tbody tr"));
      var word = rows[rows.length - 1].cells[0].textContent.trim().toUpperCase();
      function shown() {
        return rows.filter(function (row) { return !row.hidden; });
      }
      function type(text) {
        field.value = text;
        field.dispatchEvent(new Event("input", { bubbles: true }));
      }
      type(word);
      var found = shown();
      if (found.length === 0 || found.length === rows.length) note("the filter shows " + found.length + " of " + rows.length + " for " + word);
      if (!found.every(function (row) { return word.toLowerCase().split(/\s+/).every(function (part) { return row.textContent.toLowerCase().includes(part); }); })) note("the filter shows what lacks the word");
      type("no such words anywhere");
      if (shown().length) note("the filter shows what is not there");
      type("");
      if (shown().length !== rows.length) note("the filter does not come back");
      filtered += 1;
    });
    return filtered;
  }

  function all() {
    document.querySelectorAll("details").forEach(function (details) {
      details.open = true;
    });
    var found = texts();
    geometry(found);
    var least = contrast(found);
    structure();
    var result = {
      wrong: wrong,
      texts: found.length,
      contrast: least,
      lines: lines(),
      read: figures(),
      dark: matchMedia("(prefers-color-scheme: dark)").matches,
      width: document.documentElement.clientWidth,
      slider: sliders(),
      sorted: sorting(),
      filtered: filtering(),
    };
    parent.postMessage(JSON.stringify(result), "*");
  }
  window.addEventListener("error", function (event) {
    parent.postMessage(JSON.stringify({ wrong: ["the probe fails: " + event.message + " in line " + event.lineno] }), "*");
  });
  window.addEventListener("load", all);
})();
