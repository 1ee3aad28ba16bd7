"use strict";
(function () {
  var root = document.documentElement;
  root.classList.add("scripted");

  // What is folded away is printed all the same.
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details").forEach(function (details) {
      if (!details.open) {
        details.open = true;
        details.dataset.shut = "yes";
      }
    });
  });
  window.addEventListener("afterprint", function () {
    document.querySelectorAll("details[data-shut]").forEach(function (details) {
      details.open = false;
      delete details.dataset.shut;
    });
  });

  // Tables: a button in each heading sorts, a field above filters.
  function key(row, column) {
    var cell = row.cells[column];
    var text = cell.dataset.key !== undefined ? cell.dataset.key : cell.textContent.trim();
    var number = Number(text);
    return text !== "" && !Number.isNaN(number) ? number : text;
  }

  function compare(a, b) {
    if (typeof a === "number" && typeof b === "number") return a - b;
    if (typeof a === typeof b) return a.localeCompare(b, "en");
    return typeof a === "number" ? -1 : 1;
  }

  function sort(table, column, heading) {
    var up = heading.getAttribute("aria-sort") !== "ascending";
    table.querySelectorAll("thead th").forEach(function (other) {
      other.removeAttribute("aria-sort");
    });
    heading.setAttribute("aria-sort", up ? "ascending" : "descending");
    var body = table.tBodies[0];
    Array.from(body.rows)
      .sort(function (a, b) {
        var order = compare(key(a, column), key(b, column));
        return up ? order : -order;
      })
      .forEach(function (row) {
        body.appendChild(row);
      });
  }

  function sortable(table) {
    table.querySelectorAll("thead th").forEach(function (heading, column) {
      var button = document.createElement("button");
      button.type = "button";
      button.textContent = heading.textContent;
      heading.textContent = "";
      heading.appendChild(button);
      button.addEventListener("click", function () {
        sort(table, column, heading);
      });
    });
  }

  function filterable(box, table) {
    var label = document.createElement("label");
    var field = document.createElement("input");
    var count = document.createElement("output");
    var all = table.tBodies[0].rows.length;
    label.className = "filter";
    field.type = "search";
    field.autocomplete = "off";
    label.append("Show rows with ", field);
    label.append(" ", count);
    box.insertBefore(label, box.firstChild);
    field.addEventListener("input", function () {
      var words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
      var shown = 0;
      Array.from(table.tBodies[0].rows).forEach(function (row) {
        var text = row.textContent.toLowerCase();
        row.hidden = !words.every(function (word) {
          return text.includes(word);
        });
        shown += row.hidden ? 0 : 1;
      });
      count.textContent = words.length ? shown + " of " + all : "";
    });
  }

  var FEW = 10;
  document.querySelectorAll("div.table").forEach(function (box) {
    var table = box.querySelector("table.data");
    if (!table || table.tBodies[0].rows.length < 2) return;
    sortable(table);
    if (table.tBodies[0].rows.length > FEW) filterable(box, table);
  });

  // Figures over dates: one of them, moved by a slider.
  function shown(value, decimals) {
    var text = value.toFixed(decimals);
    return Number(text) === 0 ? text.replace("-", "") : text.replace("-", "\u2212");
  }

  // A cell of the map, of an alignment in hundredths.
  function cell(element, values) {
    var text = element.querySelector("text");
    var colour = Math.floor((values[0] + 105) / 10);
    element.setAttribute("class", "cell a" + colour);
    if (text) text.textContent = shown((colour - 10) / 10, 1);
    return shown(values[0] / 100, 2);
  }

  // A link of the network, of a probability and its interval in tenths of a per cent; below `least`, and
  // where an arc tells it, it is not drawn.
  function link(element, values, least) {
    var width = Math.floor((values[0] + 25) / 50);
    element.setAttribute("class", "link w" + width + (values[0] < least || values[3] ? " off" : ""));
    var text = values.slice(0, 3).map(function (value) {
      return (value / 10).toFixed(1);
    });
    return text[0] + "\u00a0% of trials (" + text[1] + " to " + text[2] + ")";
  }

  document.querySelectorAll("figure[data-dates]").forEach(function (figure) {
    var dates = figure.dataset.dates.split("|");
    var least = Number(figure.dataset.least);
    var sides = figure.querySelectorAll(".side");
    if (sides.length < 2) return;
    var slider = figure.querySelector("input[type=range]");
    var output = figure.querySelector("output");
    var side = sides[sides.length - 1];
    var drawing = side.querySelector("svg");
    var region = side.querySelector(".scroll");
    // Everything that says the date; on paper, what the slider shows keeps its own.
    var labels = [drawing, region].map(function (element) {
      return { element: element, text: element.getAttribute("aria-label") };
    });
    var last = dates[dates.length - 1];
    sides[0].hidden = true;
    side.querySelector(".date").hidden = true;
    figure.querySelector(".slider").hidden = false;

    function move() {
      var at = Number(slider.value);
      side.querySelectorAll("[data-values]").forEach(function (element) {
        var values = element.dataset.values.split(" ")[at].split(",").map(Number);
        var draw = element.classList.contains("cell") ? cell : link;
        element.querySelector("title").textContent = element.dataset.pair + ": " + draw(element, values, least);
      });
      output.textContent = dates[at];
      slider.setAttribute("aria-valuetext", dates[at]);
      side.querySelector(".date").textContent = dates[at];
      labels.forEach(function (label) {
        label.element.setAttribute("aria-label", label.text.replace(last, dates[at]));
      });
    }
    slider.addEventListener("input", move);
    move();
  });
})();
