// A field that only some answers need: <textarea data-needed-for="other illegal"> becomes required, and says so,
// while one of these values is chosen in its form.

function judge(field: HTMLTextAreaElement): void {
  const form = field.form;
  if (!form) return;
  const needing = (field.dataset.neededFor ?? "").split(" ");
  field.required = [...new FormData(form).values()].some((value) => needing.includes(String(value)));
  field.closest(".field")?.querySelector<HTMLElement>(".optional")?.toggleAttribute("hidden", field.required);
}

export function watchNeeds(root: ParentNode): void {
  root.querySelectorAll<HTMLTextAreaElement>("[data-needed-for]").forEach((field) => {
    judge(field);
    field.form?.addEventListener("change", () => judge(field));
  });
}
