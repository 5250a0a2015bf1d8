#!/bin/sh
# Makes the files that CreditTest reads, with Pillow 9.4 and exiftool 12.57: sh make.sh
set -e
python3 -c '
from PIL import Image
for name in ("photo.jpg", "photo.png", "photo.webp", "photo.tif"):
    Image.new("RGB", (16, 16), "orange").save(name)
'
exiftool -q -overwrite_original -charset utf8 -charset iptc=utf8 \
    -EXIF:Copyright='(c) 2026 Zoë Müller' -EXIF:Artist='Zoë Müller' \
    -EXIF:Model=Camera -EXIF:SerialNumber=4711 -EXIF:DateTimeOriginal='2026:01:02 03:04:05' -EXIF:Orientation#=1 \
    -GPSLatitude=52.5 -GPSLatitudeRef=N -GPSLongitude=13.4 -GPSLongitudeRef=E \
    -XMP:Creator='Somebody' -XMP:Rights='Somebody' \
    photo.jpg photo.png photo.webp photo.tif
exiftool -q -overwrite_original -charset utf8 -charset iptc=utf8 -IPTC:CodedCharacterSet=UTF8 \
    -IPTC:By-line='Zoë Müller' -IPTC:By-line='Second' -IPTC:Credit='Agency' -IPTC:CopyrightNotice='© 2026 Zoë Müller' \
    -IPTC:City=Berlin -IPTC:Keywords=secret -IPTC:Caption-Abstract='At home' -IPTC:Sub-location=Street \
    photo.jpg photo.png photo.tif
