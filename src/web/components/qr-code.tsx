import qrcode from 'qrcode-generator';

interface QrCodeProps {
  readonly text: string;
  readonly label: string;
}

/** A QR code drawn as one path, dark on light in either theme, so that every camera reads it. */
export function QrCode({ text, label }: QrCodeProps) {
  const code = qrcode(0, 'M');
  code.addData(text);
  code.make();
  const size = code.getModuleCount();
  const places = Array.from({ length: size }, (_, index) => index);
  const path = places.flatMap((row) =>
    places.flatMap((column) => (code.isDark(row, column) ? `M${column} ${row}h1v1h-1z` : [])),
  );
  return (
    <svg
      class="wx-qr"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shape-rendering="crispEdges"
    >
      <path d={path.join('')} />
    </svg>
  );
}
