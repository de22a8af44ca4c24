// A table whose rows can be chosen, by mouse and by keyboard. All text is set as text, never as markup.
function cell(kind, text, style) {
  const made = document.createElement(kind);
  made.textContent = text;
  if (style) made.className = style;
  return made;
}

function render({ model, el }) {
  el.classList.add("tifa-rows");
  const table = el.appendChild(document.createElement("table"));

  function choose(number) {
    model.set("chosen", number);
    model.save_changes();
  }

  function mark(focus) {
    table.querySelectorAll("tbody tr").forEach((row, number) => {
      const chosen = number === model.get("chosen");
      row.setAttribute("aria-selected", chosen);
      row.tabIndex = chosen || (number === 0 && model.get("chosen") < 0) ? 0 : -1;
      if (chosen && focus) row.focus();
    });
  }

  function draw() {
    const styles = model.get("styles");
    const head = document.createElement("thead");
    const top = head.appendChild(document.createElement("tr"));
    model.get("columns").forEach((name, place) => top.append(cell("th", name, styles[place])));
    const body = document.createElement("tbody");
    model.get("rows").forEach((row, number) => {
      const line = body.appendChild(document.createElement("tr"));
      row.forEach((text, place) => line.append(cell("td", text, styles[place])));
      line.addEventListener("click", () => choose(number));
    });
    table.replaceChildren(head, body);
    el.hidden = !model.get("rows").length;
    el.scrollTop = 0;
    mark(false);
  }

  table.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    const last = model.get("rows").length - 1;
    choose(Math.min(Math.max(model.get("chosen") + step, 0), last));
  });
  model.on("change:rows", draw);
  model.on("change:chosen", () => mark(table.contains(document.activeElement)));
  draw();
}

export default { render };
