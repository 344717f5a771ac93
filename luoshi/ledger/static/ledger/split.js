/* The sum of the shares follows what is typed; without this script the server says it after sending. */
(function () {
  "use strict";
  var form = document.querySelector("form[data-sum]");
  var total = form && form.querySelector("[data-total]");
  if (!total) return;
  form.addEventListener("input", function () {
    var sum = Array.from(form.querySelectorAll("[data-share]")).reduce(function (all, field) { return all + Math.round(Number(field.value || 0) * 100); }, 0);
    total.textContent = String(sum / 100);
    total.parentElement.classList.toggle("due", sum !== Math.round(Number(form.dataset.sum) * 100));
  });
})();
