/** What may do something to a terminal: control and format characters, changes of direction among them; line ends aside. */
export const CONTROLS = /(?!\n)[\p{Cc}\p{Cf}]/u
