/** The whole text is one chain: no layout to tell, but a choice beside the formats. */
export const text = { id: "text", label: "Plain text" } as const;
